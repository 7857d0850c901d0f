import { createSecretKey, randomBytes } from 'node:crypto';
import { ERASED, Personal } from '@ledgerdesk/kernel';
import fc from 'fast-check';
import { type EnvelopePlace, isEnvelope, openText, sealText } from './envelope.js';
import { replaceEnvelopes, replacePersonal } from './personal-fields.js';

const key = createSecretKey(randomBytes(32));
const place: EnvelopePlace = { workspaceId: 'w', stream: 's', eventId: 'e', fieldPath: '/subject' };

describe('an envelope', () => {
  it('gives the text back, whatever it is, and never seals it twice alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const [first, second] = [sealText(text, 'k', key, place), sealText(text, 'k', key, place)];
        expect(openText(first, key, place)).toBe(text);
        expect(first).not.toEqual(second);
      }),
    );
  });

  it.each(['workspaceId', 'stream', 'eventId', 'fieldPath'])('does not open at another %s', (part) => {
    const envelope = sealText('secret', 'k', key, place);
    expect(() => openText(envelope, key, { ...place, [part]: 'other' })).toThrow();
  });

  it('does not open under another key, another key id, or with a changed byte', () => {
    const envelope = sealText('secret', 'k', key, place);
    const changed = envelope.ciphertext.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    expect(() => openText(envelope, createSecretKey(randomBytes(32)), place)).toThrow();
    expect(() => openText({ ...envelope, keyId: 'other' }, key, place)).toThrow();
    expect(() => openText({ ...envelope, ciphertext: changed }, key, place)).toThrow();
    expect(() => openText({ ...envelope, ciphertext: '' }, key, place)).toThrow();
  });

  it('is told apart from other data by its exact members', () => {
    const envelope = sealText('x', 'k', key, place);
    expect(isEnvelope(envelope)).toBe(true);
    expect(isEnvelope({ ...envelope, more: 1 })).toBe(false);
    expect(isEnvelope({ keyId: 'k', nonce: 'n' })).toBe(false);
    expect(isEnvelope({ ...envelope, nonce: 1 })).toBe(false);
  });
});

describe('personal fields', () => {
  it('are found at any depth, each with its own pointer', () => {
    const paths: string[] = [];
    const sealed = replacePersonal(
      { subject: new Personal('k', 'a'), list: [{ 'a/b~c': new Personal('k', 'b') }], plain: { count: 1, none: null } },
      ({ keyId }, path) => {
        paths.push(path);
        return { keyId, nonce: 'n', ciphertext: path };
      },
    );
    expect(paths).toEqual(['/subject', '/list/0/a~1b~0c']);
    const opened: string[] = [];
    replaceEnvelopes(sealed as never, ({ keyId, ciphertext }, path) => {
      expect(ciphertext).toBe(path);
      opened.push(path);
      return new Personal(keyId, ERASED);
    });
    expect(opened).toEqual(paths);
  });

  it('can not be forged by data that looks like an envelope', () => {
    const forged = { field: { keyId: 'k', nonce: 'n', ciphertext: 'c' } };
    expect(() => replacePersonal(forged, ({ keyId }) => ({ keyId, nonce: '', ciphertext: '' }))).toThrow(TypeError);
  });
});
