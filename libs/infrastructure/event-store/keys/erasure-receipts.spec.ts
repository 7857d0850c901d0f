import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Destruction } from './key-table.js';
import {
  type ErasureReceipt,
  parseReceipts,
  receiptLines,
  ReceiptsUnreadable,
  replayReceipts,
} from './erasure-receipts.js';

function receipt(): ErasureReceipt {
  const id = randomUUID();
  const instant = '2026-11-20T09:00:00.000Z';
  const requested = { requestedEvent: randomUUID(), requestedAt: instant };
  return { workspaceId: randomUUID(), keyId: id, person: `customer:${id}`, ...requested, destroyedAt: instant };
}

const fileOf = (receipts: readonly ErasureReceipt[]): string => [...receiptLines(receipts)].join('');

describe('erasure receipts', () => {
  it.each([0, 1, 3])('come back as they went out: %d', (count) => {
    const receipts = Array.from({ length: count }, receipt);
    expect(parseReceipts(fileOf(receipts))).toEqual(receipts);
  });

  it('are read as a whole or not at all, wherever the file was cut off', () => {
    const whole = fileOf([receipt(), receipt()]);
    fc.assert(
      fc.property(fc.nat(whole.length - 2), (length) => {
        expect(() => parseReceipts(whole.slice(0, length))).toThrow(ReceiptsUnreadable);
      }),
    );
  });

  it.each([
    ['another file', 'hello', /no file of erasure receipts/],
    ['a newer format', '{"format":"ledgerdesk-erasure-receipts","version":2}\n{"receipts":0}\n', /newer release/],
    ['a damaged line', fileOf([receipt()]).replace('customer:', 'somebody:'), /^Line 2 /],
    ['a line too many', fileOf([receipt()]).replace('"receipts":1', '"receipts":2'), /not complete/],
  ])('are refused with one sentence: %s', (_, text, sentence) => {
    expect(() => parseReceipts(text)).toThrow(sentence);
  });

  it('destroy their keys again, as of then', async () => {
    const destroyed: [string, Destruction][] = [];
    const receipts = [receipt(), receipt()];
    const destroy = (workspaceId: string, destruction: Destruction): Promise<void> => {
      destroyed.push([workspaceId, destruction]);
      return Promise.resolve();
    };
    await replayReceipts(receipts, { destroy });
    expect(destroyed.map(([workspaceId, rest]) => ({ workspaceId, ...rest }))).toEqual(receipts);
  });
});
