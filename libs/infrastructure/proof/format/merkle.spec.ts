import { createHash } from 'node:crypto';
import { present } from '@ledgerdesk/testing';
import fc from 'fast-check';
import { leafHash, rootOfPath, treePath, treeRoot } from './merkle.js';

/** RFC 9162, section 2.1.1, word by word. */
function specified(data: readonly Buffer[]): Buffer {
  const sha = (...parts: readonly Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
  if (data.length === 1) return sha(Buffer.of(0), present(data[0]));
  let split = 1;
  while (split * 2 < data.length) split *= 2;
  return sha(Buffer.of(1), specified(data.slice(0, split)), specified(data.slice(split)));
}

const data = fc.array(fc.uint8Array({ maxLength: 40 }).map(Buffer.from), { minLength: 1, maxLength: 70 });

describe('a tree', () => {
  it('has the root that RFC 9162 asks for, whatever its size', () => {
    fc.assert(
      fc.property(data, (items) => {
        expect(treeRoot(items.map(leafHash))).toBe(specified(items).toString('hex'));
      }),
    );
  });

  it('leads from each of its leaves to its root, and from nothing else', () => {
    fc.assert(
      fc.property(data, fc.nat(), (items, number) => {
        const leaves = items.map(leafHash);
        const index = number % leaves.length;
        const path = treePath(leaves, index);
        expect(rootOfPath(present(leaves[index]), path)).toBe(treeRoot(leaves));
        expect(rootOfPath(leafHash('foreign'), path)).not.toBe(treeRoot(leaves));
      }),
    );
  });

  it('does not take an inner node for a leaf', () => {
    const leaves = ['a', 'b'].map(leafHash);
    expect(treeRoot([leafHash(Buffer.from(leaves.join(''), 'hex'))])).not.toBe(treeRoot(leaves));
  });

  it('needs a leaf', () => {
    expect(() => treeRoot([])).toThrow(RangeError);
  });
});
