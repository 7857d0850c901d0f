import { hash } from 'node:crypto';

/** A zero byte, as text. */
const LEAF = '\0';
/** What the hash of a node covers: a one and its children. Filled and hashed at once, never kept. */
const NODE = Buffer.alloc(65, 1);

/** A neighbour on the way from a leaf to the root, on the side where it stands. */
export type PathStep = { readonly left: string } | { readonly right: string };

/** Hash of one leaf as hex, like all hashes here: SHA-256 of a zero byte and its data. */
export function leafHash(data: string | Uint8Array): string {
  const covered = typeof data === 'string' ? LEAF + data : Buffer.concat([Buffer.from(LEAF), data]);
  return hash('sha256', covered, 'hex');
}

/**
 * Root of the tree of RFC 9162, section 2.1.1, over hashes of leaves: nodes are paired level by level and an odd one is taken
 * up as it is, which is the same as splitting at the greatest power of two.
 * @throws RangeError for no leaves
 */
export function treeRoot(leaves: readonly string[]): string {
  let level = leaves;
  while (level.length > 1) level = parents(level);
  const root = level.at(0);
  if (root === undefined) throw new RangeError('A tree needs a leaf.');
  return root;
}

/** The neighbours that lead from one leaf to the root. */
export function treePath(leaves: readonly string[], index: number): readonly PathStep[] {
  const path: PathStep[] = [];
  let place = index;
  for (let level = leaves; level.length > 1; level = parents(level)) {
    const neighbour = level[place ^ 1];
    if (neighbour !== undefined) path.push(place % 2 === 0 ? { right: neighbour } : { left: neighbour });
    place >>= 1;
  }
  return path;
}

/** Where a path ends that begins at this leaf. */
export function rootOfPath(leaf: string, path: readonly PathStep[]): string {
  let node = leaf;
  for (const step of path) node = 'left' in step ? nodeHash(step.left, node) : nodeHash(node, step.right);
  return node;
}

function parents(level: readonly string[]): readonly string[] {
  const above: string[] = [];
  for (let place = 0; place < level.length; place += 2) {
    const left = level[place];
    const right = level[place + 1];
    if (left !== undefined) above.push(right !== undefined ? nodeHash(left, right) : left);
  }
  return above;
}

function nodeHash(left: string, right: string): string {
  NODE.write(left, 1, 'hex');
  NODE.write(right, 33, 'hex');
  return hash('sha256', NODE, 'hex');
}
