import { canonicalText } from '@ledgerdesk/event-store';
import { leafHash, rootOfPath, treeRoot } from '../format/merkle.js';
import type { TrustedKeys } from '../format/trusted-keys.js';
import {
  DOMAIN,
  jsonOf,
  type Seal,
  seal as sealSchema,
  share as shareSchema,
  textHash,
  ZEROS,
} from '../format/texts.js';
import { type Finding, sealFinding } from './finding.js';
import type { SealItem } from './items.js';

/** A share that was found to be in its place and true. */
export interface ProvedShare {
  /** Digits of its id, as in names of streams. */
  readonly workspace: string;
  readonly leaves: readonly string[];
}

/** All that one seal proves. */
export interface ProvedShares {
  readonly shares: readonly ProvedShare[];
}

interface ShareEnd {
  readonly events: number;
  readonly hash: string;
}

/** The seal of an item, when its text is one; whose it is decides who checks it. */
export function sealOf(item: SealItem): Seal | undefined {
  const seal = sealSchema.safeParse(jsonOf(item.record)).data;
  return seal && canonicalText(seal) === item.record ? seal : undefined;
}

/** The seals of one ledger as they come: signatures, their chain, the chains of their shares, and the trees. */
export class SealedTrack {
  /** Of the newest seal so far. */
  number = 0;
  sealedAt: string | undefined;
  private hash = ZEROS;
  private readonly ends = new Map<string, ShareEnd>();

  constructor(
    private readonly trusted: TrustedKeys,
    /** Only seals with a share of this workspace come, each with its path; when absent, all of them with all shares. */
    private readonly workspace?: string,
  ) {}

  /** What the seal says about events, or what is wrong with it. */
  take(item: SealItem, seal: Seal): ProvedShares | Finding {
    const { keyId, number, previous } = seal;
    if (!this.trusted.signed(DOMAIN.seal, item.record, keyId, item.signature, number))
      return sealFinding('forged-seal', number, 'is not signed by a key that is trusted for it');
    const isNext = number === this.number + 1;
    if ((this.workspace === undefined && !isNext) || number <= this.number || (isNext && previous !== this.hash))
      return sealFinding(
        'broken-seals',
        number,
        `does not follow seal ${String(this.number)}: seals are missing or exchanged`,
      );
    const hashes: string[] = [];
    const proved: ProvedShare[] = [];
    for (const share of item.shares) {
      const found = this.proved(share, hashes);
      if (!found)
        return sealFinding('broken-seals', number, 'names events that do not fit what it says about a workspace');
      proved.push(found);
    }
    if (rootOf(hashes, item) !== seal.root)
      return sealFinding('broken-seals', number, 'does not hold what is said about a workspace in its name');
    this.number = number;
    this.hash = textHash(DOMAIN.seal, item.record);
    this.sealedAt = seal.sealedAt;
    return { shares: proved };
  }

  private proved({ record, leaves }: SealItem['shares'][number], hashes: string[]): ProvedShare | undefined {
    const share = shareSchema.safeParse(jsonOf(record)).data;
    if (!share || canonicalText(share) !== record) return undefined;
    if (this.workspace !== undefined && share.workspace !== this.workspace) return undefined;
    const end = this.ends.get(share.workspace) ?? { events: 0, hash: ZEROS };
    if (share.before !== end.events || share.previous !== end.hash) return undefined;
    if (leaves.length !== share.count || treeRoot(leaves.map(leafHash)) !== share.root) return undefined;
    const hash = textHash(DOMAIN.share, record);
    hashes.push(hash);
    this.ends.set(share.workspace, { events: share.before + share.count, hash });
    return { workspace: share.workspace.replaceAll('-', ''), leaves };
  }
}

function rootOf(hashes: readonly string[], { path }: SealItem): string | undefined {
  const leaves = hashes.toSorted().map((hash) => leafHash(Buffer.from(hash, 'hex')));
  const [first] = leaves;
  if (first === undefined) return undefined;
  return path ? rootOfPath(first, path) : treeRoot(leaves);
}
