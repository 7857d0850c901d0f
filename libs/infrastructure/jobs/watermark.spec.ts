import { Watermark } from './watermark.js';

const compare = (a: string, b: string): number => Number(a) - Number(b);
const at = (second: number): Date => new Date(second * 1_000);

describe('Watermark', () => {
  it('stands at the instant of the last look once the consumer is at the end', () => {
    const watermark = new Watermark(compare);
    expect(watermark.advance({ instant: at(1), head: '5' }, '5')).toEqual(at(1));
    expect(watermark.advance({ instant: at(2), head: '5' }, '5')).toEqual(at(2));
  });

  it('does not move while the consumer is behind', () => {
    const watermark = new Watermark(compare);
    expect(watermark.advance({ instant: at(1), head: '5' }, '4')).toBeUndefined();
    expect(watermark.advance({ instant: at(2), head: '6' }, '4')).toBeUndefined();
  });

  it('moves on a busy ledger whose end is never reached', () => {
    const watermark = new Watermark(compare);
    watermark.advance({ instant: at(1), head: '5' }, '3');
    expect(watermark.advance({ instant: at(2), head: '9' }, '6')).toEqual(at(1));
    expect(watermark.advance({ instant: at(3), head: '12' }, '8')).toEqual(at(1));
    expect(watermark.advance({ instant: at(4), head: '15' }, '13')).toEqual(at(3));
  });

  it('begins again after another process may have run the consumer', () => {
    const watermark = new Watermark(compare);
    watermark.advance({ instant: at(1), head: '5' }, '5');
    watermark.forget();
    expect(watermark.advance({ instant: at(2), head: '6' }, '5')).toBeUndefined();
  });
});
