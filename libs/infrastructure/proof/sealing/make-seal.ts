import { randomBytes } from 'node:crypto';
import { canonicalText, parseStreamName } from '@ledgerdesk/event-store';
import { leafHash, treePath, treeRoot } from '../format/merkle.js';
import type { SigningKey } from '../format/seal-keys.js';
import { DOMAIN, leafText, type Seal, type Share, textHash, ZEROS } from '../format/texts.js';

/** What a seal keeps of an event. */
export interface SealedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly hash: string;
}

/** Where the chain of seals ends. */
export interface SealEnd {
  readonly number: number;
  readonly hash: string;
  readonly position: string;
}

/** Where the shares of one workspace end. */
export interface ShareEnd {
  /** Events that all shares so far hold. */
  readonly events: number;
  readonly hash: string;
}

export interface NewShare {
  readonly workspaceId: string;
  readonly record: string;
  readonly hash: string;
  readonly path: string;
  /** Lines. */
  readonly leaves: string;
  readonly before: number;
  readonly events: number;
}

export interface NewSeal {
  readonly number: number;
  readonly hash: string;
  readonly record: string;
  readonly signature: string;
  readonly position: string;
  readonly sealedAt: string;
  readonly shares: readonly NewShare[];
}

export const NO_SHARE: ShareEnd = { events: 0, hash: ZEROS };

interface Surroundings {
  readonly ledger: string;
  readonly key: SigningKey;
  readonly end: Pick<SealEnd, 'number' | 'hash'>;
  /** By workspace. */
  readonly shareEnds: ReadonlyMap<string, ShareEnd>;
  /** RFC 3339. */
  readonly sealedAt: string;
}

/** The next seal over these events, which are all that follow the last one in log order. */
export function makeSeal(events: readonly SealedEvent[], around: Surroundings): NewSeal {
  const shares = [...Map.groupBy(events, ({ stream }) => parseStreamName(stream).workspaceId)]
    .map(([workspaceId, own]) => newShare(workspaceId, own, around.shareEnds.get(workspaceId) ?? NO_SHARE))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1));
  const leaves = shares.map(({ hash }) => leafHash(Buffer.from(hash, 'hex')));
  const { end, key, ledger, sealedAt } = around;
  const seal: Seal = {
    keyId: key.id,
    ledger,
    number: end.number + 1,
    previous: end.hash,
    root: treeRoot(leaves),
    sealedAt,
  };
  const record = canonicalText(seal);
  return {
    number: seal.number,
    hash: textHash(DOMAIN.seal, record),
    record,
    signature: key.sign(DOMAIN.seal, record),
    position: events.at(-1)?.position ?? '',
    sealedAt,
    shares: shares.map((share, index) => ({ ...share, path: canonicalText(treePath(leaves, index)) })),
  };
}

function newShare(workspace: string, events: readonly SealedEvent[], end: ShareEnd): Omit<NewShare, 'path'> {
  const leaves = events.map(({ stream, revision, hash }) => leafText(stream, revision, hash));
  const share: Share = {
    before: end.events,
    blinding: randomBytes(32).toString('hex'),
    count: events.length,
    previous: end.hash,
    root: treeRoot(leaves.map(leafHash)),
    workspace,
  };
  const record = canonicalText(share);
  const hash = textHash(DOMAIN.share, record);
  return { workspaceId: workspace, record, hash, leaves: leaves.join('\n'), before: end.events, events: events.length };
}
