import { hash } from 'node:crypto';

/** A zero byte, as text. */
const LEAF = '\0';
/** What the hash of a node covers: a one and its children. Filled and hashed at once, never kept. */
const NODE = Buffer.alloc(65, 1);

/** A neighbour on the way from a leaf to the root, on the side where it stands. */
export type PathStep = { readonly left: string } | { readonly right: string };

/** Hash of one leaf: SHA-256 of a zero byte and its data. */
export function leafHash(data: string | Uint8Array): Buffer {
  const covered = typeof data === 'string' ? LEAF + data : Buffer.concat([Buffer.from(LEAF), data]);
  return hash('sha256', covered, 'buffer');
}

/**
 * Root of the tree of RFC 9162, section 2.1.1, over hashes of leaves, as hex: nodes are paired level by level and an odd one is taken
 * up as it is, which is the same as splitting at the greatest power of two.
 * @throws RangeError for no leaves
 */
export function treeRoot(leaves: readonly Buffer[]): string {
  let level = leaves;
  while (level.length > 1) level = parents(level);
  const root = level.at(0);
  if (!root) throw new RangeError('A tree needs a leaf.');
  return root.toString('hex');
}

/** The neighbours that lead from one leaf to the root. */
export function treePath(leaves: readonly Buffer[], index: number): readonly PathStep[] {
  const path: PathStep[] = [];
  let place = index;
  for (let level = leaves; level.length > 1; level = parents(level)) {
    const neighbour = level[place ^ 1]?.toString('hex');
    if (neighbour !== undefined) path.push(place % 2 === 0 ? { right: neighbour } : { left: neighbour });
    place >>= 1;
  }
  return path;
}

/** Where a path ends that begins at this leaf, as hex. */
export function rootOfPath(leaf: Buffer, path: readonly PathStep[]): string {
  let node = leaf;
  for (const step of path) {
    const neighbour = Buffer.from('left' in step ? step.left : step.right, 'hex');
    node = 'left' in step ? nodeHash(neighbour, node) : nodeHash(node, neighbour);
  }
  return node.toString('hex');
}

function parents(level: readonly Buffer[]): readonly Buffer[] {
  const above: Buffer[] = [];
  for (let place = 0; place < level.length; place += 2) {
    const left = level[place];
    const right = level[place + 1];
    if (left) above.push(right ? nodeHash(left, right) : left);
  }
  return above;
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  left.copy(NODE, 1);
  right.copy(NODE, 33);
  return hash('sha256', NODE, 'buffer');
}
