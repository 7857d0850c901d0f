import { createHash, createPublicKey, verify } from 'node:crypto';

/*
 * A second verifier of exports, written from docs/ledger-format.md alone. It imports nothing of ours and is not fast; it reads the whole file
 * into memory. When it and the first one disagree, one of them or the page is wrong.
 */

export interface SecondVerdict {
  /** `kind` or `kind stream revision`; `ok` when nothing is wrong. */
  readonly says: string;
  readonly events: number;
  readonly unsealed: number;
}

/** Any line; which members there are depends on its kind. */
interface Line {
  readonly kind: string;
  readonly format: string;
  readonly version: number;
  readonly workspace: string;
  readonly source: { readonly ledger: string | null };
  readonly ledger: string;
  readonly number: number;
  readonly publicKey: string;
  readonly rotation: { readonly text: string; readonly from: string; readonly to: string };
  readonly data: string;
  readonly id: string;
  readonly metadata: string;
  readonly revision: number;
  readonly stream: string;
  readonly type: string;
  readonly leaves: readonly string[];
  readonly path: readonly { readonly left?: string; readonly right?: string }[];
  readonly seal: string;
  readonly share: string;
  readonly signature: string | null;
  readonly keyId: string;
  readonly digest: string;
  readonly events: number;
  readonly keys: number;
  readonly lines: number;
  readonly seals: number;
}

interface Seal {
  readonly keyId: string;
  readonly ledger: string;
  readonly number: number;
  readonly previous: string;
  readonly root: string;
}

interface Share {
  readonly before: number;
  readonly count: number;
  readonly previous: string;
  readonly root: string;
  readonly workspace: string;
}

const ZEROS = '0'.repeat(64);
const sha = (...parts: readonly (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Enough for what is made canonical here: flat objects. */
function canonical(value: object): string {
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${JSON.stringify(member)}`).join(',')}}`;
}

function tree(items: readonly Buffer[]): Buffer {
  if (items.length === 1) return sha(Buffer.of(0), items[0] ?? '');
  let k = 1;
  while (k * 2 < items.length) k *= 2;
  return sha(Buffer.of(1), tree(items.slice(0, k)), tree(items.slice(k)));
}

function signedBy(publicKey: string, text: string, signature: string): boolean {
  const x = publicKey.slice('ed25519:'.length);
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
}

const keyIdOf = (publicKey: string): string =>
  sha(Buffer.from(publicKey.slice('ed25519:'.length), 'base64url'))
    .toString('hex')
    .slice(0, 32);

/** Which numbers of seals each believed key may have signed: id to [public key, after, up to]. */
type Believed = Map<string, readonly [string, number, number]>;

function believedKeys(lines: readonly Line[], given: string): Believed {
  const believed: Believed = new Map();
  for (const keys of Map.groupBy(lines, ({ ledger }) => ledger).values()) {
    const texts = keys.map(({ publicKey }) => publicKey);
    if (!texts.includes(given) || keyIdOf(texts[0] ?? '') !== keys[0]?.ledger) continue;
    const limits: number[] = [0];
    const hold = keys.every((line, index) => {
      if (line.number !== index + 1) return false;
      if (index === 0) return true;
      const { text, from, to } = line.rotation;
      const rotation = JSON.parse(text) as { from: string; to: string; ledger: string; lastSeal: { number: number } };
      limits.push(rotation.lastSeal.number);
      const [old = '', fresh = ''] = [texts[index - 1], texts[index]];
      return (
        rotation.from === keyIdOf(old) &&
        rotation.to === fresh &&
        rotation.ledger === line.ledger &&
        signedBy(old, `ledgerdesk:rotation:v1\n${text}`, from) &&
        signedBy(fresh, `ledgerdesk:rotation:v1\n${text}`, to)
      );
    });
    if (!hold) continue;
    for (const [index, text] of texts.entries())
      believed.set(keyIdOf(text), [text, limits[index] ?? 0, limits[index + 1] ?? Number.MAX_SAFE_INTEGER]);
  }
  return believed;
}

function flat(text: string): Record<string, string> | undefined {
  try {
    return JSON.parse(text) as Record<string, string>;
  } catch {
    return undefined;
  }
}

/** Hash that an event states, and whether it is right. */
function hashOf({ data, id, metadata, revision, stream, type }: Line): readonly [string, string, boolean] {
  const stated = flat(metadata);
  if (!stated) return [ZEROS, '', false];
  const { hash, ...rest } = stated;
  const body =
    `{"data":${data},"id":${JSON.stringify(id)},"metadata":${canonical(rest)},` +
    `"revision":${String(revision)},"stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)}}`;
  const isCanonical = canonical({ ...stated }) === metadata;
  const isRight = isCanonical && sha('ledgerdesk:event:v1\n', body).toString('hex') === hash;
  return [isCanonical && hash !== undefined ? hash : ZEROS, rest.previousHash ?? '', isRight];
}

const placeOf = (leaf: string): string => leaf.split(' ').slice(0, 2).join(' ');

/** Checks the lines of an export, without their line feeds, with one public key. */
export function verifySecond(texts: readonly string[], publicKey: string): SecondVerdict {
  const lines = texts.map((text) => JSON.parse(text) as Line);
  const [header, end] = [lines[0], lines.at(-1)];
  const events = lines.filter(({ kind }) => kind === 'event');
  const verdict = (says: string, unsealed = 0): SecondVerdict => ({ says, events: events.length, unsealed });
  if (header?.format !== 'ledgerdesk-export' || header.version !== 1) return verdict('refused');
  const home = header.source.ledger;
  const believed = believedKeys(
    lines.filter(({ kind }) => kind === 'sealKey'),
    publicKey,
  );
  const leaves: string[] = [];
  const chains = new Map<string, readonly [number, string]>();
  let suspicion: readonly [number, string] | undefined;
  const ledgers = new Map<string, { number: number; hash: string; events: number; share: string }>();
  let sealed = 0;
  for (const line of lines) {
    if (line.kind === 'event') {
      const [hash, previous, isRight] = hashOf(line);
      const [revision, last] = chains.get(line.stream) ?? [-1, ZEROS];
      const place = line.stream;
      const workspace = /-([0-9a-f]{32})_/.exec(place)?.[1];
      if (!suspicion) {
        const at = line.revision;
        if (!isRight) suspicion = [leaves.length, `altered ${place} ${String(at)}`];
        else if (at !== revision + 1)
          suspicion = [leaves.length, `broken-chain ${place} ${String(Math.min(at, revision + 1))}`];
        else if (previous !== last) suspicion = [leaves.length, `broken-chain ${place} ${String(at)}`];
        else if (workspace !== header.workspace.replaceAll('-', ''))
          suspicion = [leaves.length, `inserted ${place} ${String(at)}`];
        chains.set(line.stream, [at, hash]);
      }
      leaves.push(`${place} ${String(line.revision)} ${hash}`);
      continue;
    }
    if (line.kind !== 'seal') continue;
    const seal = JSON.parse(line.seal) as Seal;
    const share = JSON.parse(line.share) as Share;
    const { number } = seal;
    const [key, after = 0, upTo = 0] = believed.get(seal.keyId) ?? [];
    if (key === undefined && seal.ledger !== home) continue;
    const fail = (says: string): SecondVerdict => verdict(suspicion?.[1] ?? says);
    if (key === undefined || number <= after || number > upTo) return fail('forged-seal');
    if (!signedBy(key, `ledgerdesk:seal:v1\n${line.seal}`, line.signature ?? '')) return fail('forged-seal');
    const last = ledgers.get(seal.ledger) ?? { number: 0, hash: ZEROS, events: 0, share: ZEROS };
    const named = line.leaves;
    const shareHash = sha('ledgerdesk:share:v1\n', line.share);
    const follows = number > last.number && (number > last.number + 1 || seal.previous === last.hash);
    const shareFits =
      share.before === last.events &&
      share.previous === last.share &&
      share.workspace === header.workspace &&
      share.count === named.length &&
      tree(named.map((leaf) => Buffer.from(leaf))).toString('hex') === share.root;
    let node = sha(Buffer.of(0), shareHash);
    for (const step of line.path)
      node =
        step.left === undefined
          ? sha(Buffer.of(1), node, Buffer.from(step.right ?? '', 'hex'))
          : sha(Buffer.of(1), Buffer.from(step.left, 'hex'), node);
    if (!follows || !shareFits || node.toString('hex') !== seal.root) return fail('broken-seals');
    const difference = compare(leaves, last.events, named);
    if (difference) {
      const [index, says] = difference;
      const earlier =
        suspicion && (suspicion[0] < index || (suspicion[0] === index && suspicion[1].startsWith('altered')));
      return verdict(earlier ? (suspicion?.[1] ?? says) : says);
    }
    if (suspicion && suspicion[0] < leaves.length) return verdict(suspicion[1]);
    sealed = Math.max(sealed, leaves.length);
    ledgers.set(seal.ledger, {
      number,
      hash: sha('ledgerdesk:seal:v1\n', line.seal).toString('hex'),
      events: last.events + named.length,
      share: shareHash.toString('hex'),
    });
  }
  if (suspicion) return verdict(suspicion[1]);
  return verdict(endHolds(texts, lines, end, home, believed) ? 'ok' : 'damaged-file', leaves.length - sealed);

  /** The first difference between the sealed leaves and the events from `start` on: where it is and what it means. */
  function compare(
    found: readonly string[],
    start: number,
    named: readonly string[],
  ): readonly [number, string] | undefined {
    const size = Math.max(named.length, found.length - start);
    for (let at = 0; at < size; at += 1) {
      const [wanted, there] = [named[at], found[start + at]];
      if (wanted === there) continue;
      const index = there === undefined ? Number.POSITIVE_INFINITY : start + at;
      const all = texts.flatMap((text, line) => (lines[line]?.kind === 'event' ? [leafOf(lines[line])] : []));
      if (wanted !== undefined && there !== undefined && placeOf(wanted) === placeOf(there))
        return [index, `re-signed ${placeOf(wanted)}`];
      const rest = all.slice(start + at);
      if (wanted !== undefined && !rest.slice(0, 20_000).includes(wanted))
        return [index, `${rest.length === 0 ? 'cut-off' : 'dropped'} ${placeOf(wanted)}`];
      if (there !== undefined && !named.includes(there)) return [index, `inserted ${placeOf(there)}`];
      return [index, `swapped ${placeOf(wanted ?? there ?? '')}`];
    }
    return undefined;
  }
}

const leafOf = (line: Line): string => `${line.stream} ${String(line.revision)} ${hashOf(line)[0]}`;

function endHolds(
  texts: readonly string[],
  lines: readonly Line[],
  end: Line | undefined,
  home: string | null,
  believed: Believed,
): boolean {
  if (end?.kind !== 'end') return false;
  const before = lines.slice(0, -1);
  const count = (kind: string): number => before.filter((line) => line.kind === kind).length;
  const counts = end.events === count('event') && end.seals === count('seal') && end.keys === count('key');
  const body = texts.slice(0, -1).map((text) => `${text}\n`);
  const digest = sha('ledgerdesk:export:v1\n', ...body).toString('hex');
  if (!counts || end.lines !== before.length || end.digest !== digest) return false;
  if (home === null) return end.signature === null;
  const [key] = believed.get(end.keyId) ?? [];
  const { signature, ...signed } = end;
  return key !== undefined && signedBy(key, `ledgerdesk:export-end:v1\n${canonical(signed)}`, signature ?? '');
}
