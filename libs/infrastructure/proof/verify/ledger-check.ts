import { linkOf, statedLink } from '@ledgerdesk/event-store';
import type { TrustedKeys } from '../format/trusted-keys.js';
import { leafText, MAX_SEALED, type Seal, workspaceDigits, ZEROS } from '../format/texts.js';
import { eventFinding, type Finding, sealFinding } from './finding.js';
import type { CheckedEvent, SealItem } from './items.js';
import { type Difference, firstDifference, Search, type WaitingEvent } from './sealed-events.js';
import { sealOf, SealedTrack } from './sealed-track.js';
import type { StreamChains } from './stream-chains.js';

export interface CheckOptions {
  readonly trusted: TrustedKeys;
  /** The part of one workspace is checked; when absent, a whole installation. */
  readonly workspace?: string;
  /** The chain of seals that has to be there and trusted. */
  readonly home?: string;
  /** Chains from where the workspace was before. Those that nobody vouches for are counted, not checked. */
  readonly others?: readonly string[];
}

/** What a broken chain or a wrong hash says, until a seal shows whether something else was wrong before it. */
interface Suspicion {
  readonly index: number;
  readonly finding: Finding;
}

interface Track {
  readonly seals: SealedTrack;
  waiting: WaitingEvent[];
  /** Events since the last seal, also those that are not kept. */
  unsealed: number;
}

/** Reads a ledger once and says what is wrong first. Events wait, at most 10,000 of them, for the seal behind them. */
export class LedgerCheck {
  events = 0;
  seals = 0;
  /** Seals that were passed over because no trusted key vouches for their ledger. */
  unknownSeals = 0;
  /** Set as soon as it is certain. */
  finding: Finding | undefined;
  private readonly tracks = new Map<string, Track>();
  private suspicion: Suspicion | undefined;
  private search: Search | undefined;
  private readonly digits: string | undefined;

  constructor(
    private readonly chains: StreamChains,
    private readonly options: CheckOptions,
  ) {
    const { home, others = [], trusted, workspace } = options;
    this.digits = workspace?.replaceAll('-', '');
    for (const ledger of [home, ...others]) {
      if (ledger === undefined || (ledger !== home && !trusted.vouchesFor(ledger))) continue;
      this.tracks.set(ledger, { seals: new SealedTrack(trusted, workspace), waiting: [], unsealed: 0 });
    }
  }

  /** Events behind the newest seal; only their chains are checked. */
  get unsealed(): number {
    return Math.min(this.events, ...[...this.tracks.values()].map(({ unsealed }) => unsealed));
  }

  /** The newest seal of the home ledger. */
  get newest(): { readonly number: number; readonly sealedAt: string } | undefined {
    const seals = this.tracks.get(this.options.home ?? '')?.seals;
    return seals?.sealedAt === undefined ? undefined : { number: seals.number, sealedAt: seals.sealedAt };
  }

  event(event: CheckedEvent): void {
    const index = this.events;
    this.events += 1;
    const workspace = workspaceDigits(event.stream);
    const leaf = leafText(event.stream, event.revision, this.hashOf(event, index, workspace));
    const waiting = { index, workspace: this.digits ?? workspace, leaf };
    this.search?.look(waiting);
    if (this.search?.isOver) this.finding = this.search.finding();
    for (const track of this.tracks.values()) {
      track.unsealed += 1;
      if (track.waiting.length <= MAX_SEALED) track.waiting.push(waiting);
    }
  }

  seal(item: SealItem): void {
    if (this.search) return;
    this.seals += 1;
    const seal = sealOf(item);
    const track = seal && this.tracks.get(seal.ledger);
    if (track) this.compare(track, item, seal);
    else if (seal) this.unknownSeals += 1;
    else this.conclude(sealFinding('broken-seals', this.seals, 'can not be read'));
  }

  /** The ledger has ended. */
  end(): void {
    this.finding ??= this.search?.finding() ?? this.suspicion?.finding;
  }

  private compare(track: Track, item: SealItem, seal: Seal): void {
    const proved = track.seals.take(item, seal);
    if ('kind' in proved) {
      this.conclude(proved);
      return;
    }
    const { waiting } = track;
    track.waiting = [];
    track.unsealed = 0;
    const difference = firstDifference(waiting, proved.shares, seal.number);
    if (difference && this.comesFirst(difference)) this.lookFor(difference);
    else if (this.suspicion && this.suspicion.index <= (waiting.at(-1)?.index ?? 0))
      this.finding = this.suspicion.finding;
  }

  private lookFor(difference: Difference): void {
    this.search = new Search(difference);
    if (this.search.isOver) this.finding = this.search.finding();
  }

  /** At one and the same event, a wrong hash says more than the seal, and the seal more than the chain. */
  private comesFirst({ index }: Difference): boolean {
    if (!this.suspicion || index < this.suspicion.index) return true;
    return index === this.suspicion.index && this.suspicion.finding.kind !== 'altered';
  }

  private conclude(finding: Finding): void {
    this.finding = this.suspicion?.finding ?? finding;
  }

  /** The hash that the event states; whether it is right, and fits its stream, is checked as long as everything before was right. */
  private hashOf(event: CheckedEvent, index: number, workspace: string): string {
    if (this.suspicion || this.search) return statedLink(event.metadata)?.hash ?? ZEROS;
    const suspect = (finding: Finding): void => {
      this.suspicion = { index, finding };
    };
    const link = linkOf(event);
    if (typeof link === 'string') {
      suspect(eventFinding('altered', event));
      return statedLink(event.metadata)?.hash ?? ZEROS;
    }
    const revision = this.chains.broken(event.stream, event.revision, link);
    if (revision !== undefined) suspect(eventFinding('broken-chain', { stream: event.stream, revision }));
    else if (workspace !== (this.digits ?? workspace)) suspect(eventFinding('inserted', event));
    return link.hash;
  }
}
