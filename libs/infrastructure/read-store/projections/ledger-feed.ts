import type { ConsumerRunner } from './consumer-runner.js';
import type { LedgerPage, LedgerPosition, LedgerSource } from './ledger-consumer.js';
import { Signal } from './signal.js';

/** Events looked at per page while a consumer catches up: enough for one bulk write, few enough to die young in memory. */
const PAGE = 500;

/** How long the loop rests when nothing happens: idle checkpoints are told and free consumers claimed in between. */
const REST_MS = 200;

interface Offer {
  readonly page: LedgerPage;
  readonly taken: () => void;
}

/**
 * The one reader of a process. New events come through one subscription that begins at the newest event; consumers that are
 * behind it catch up together, page by page from the one furthest behind, between two new pages. So a consumer that rebuilds
 * from the beginning delays the others by one page at most, and every event is decrypted once for all of them.
 */
export class LedgerFeed {
  private readonly wake = new Signal();
  private offer: Offer | undefined;
  private ended = false;
  private ahead: { readonly from: LedgerPosition; readonly page: Promise<LedgerPage> } | undefined;

  /** @param runners those of now; they may come and go, and read nothing but these categories */
  constructor(
    private readonly source: LedgerSource,
    private readonly categories: ReadonlySet<string>,
    private readonly runners: () => readonly ConsumerRunner[],
  ) {}

  /** Feeds the runners that have been claimed until `stopping` is aborted; ends after the page in hand. */
  async run(stopping: AbortSignal): Promise<void> {
    let level = await this.source.head();
    const subscription = this.source.follow(level, this.categories, (page) => this.offered(page));
    const stop = (): void => {
      this.wake.raise();
    };
    stopping.addEventListener('abort', stop);
    try {
      while (!stopping.aborted) level = await this.turn(level);
    } finally {
      stopping.removeEventListener('abort', stop);
      this.ended = true;
      this.offer?.taken();
      await subscription.close();
    }
  }

  /** One new page or one old page or a rest; answers with the position up to which new pages were handed out. */
  private async turn(level: LedgerPosition): Promise<LedgerPosition> {
    const runners = this.runners();
    const late = runners.filter(({ position }) => position !== undefined && this.before(position, level));
    if (this.offer) {
      const { page, taken } = this.offer;
      this.offer = undefined;
      try {
        await deliver(
          page,
          runners.filter((runner) => !late.includes(runner)),
        );
      } finally {
        // Closing the subscription waits for this, also after a failure.
        taken();
      }
      return page.to;
    }
    if (late.length > 0) await deliver(await this.catchUpPage(late, level), late);
    else await this.rest();
    return level;
  }

  /** The page after the consumer that is furthest behind; the one after it is already on its way meanwhile. */
  private async catchUpPage(late: readonly ConsumerRunner[], level: LedgerPosition): Promise<LedgerPage> {
    const positions = late.map(({ position }) => position ?? '');
    const from = positions.reduce((least, position) => (this.before(position, least) ? position : least));
    const page = await (this.ahead?.from === from ? this.ahead.page : this.read(from));
    this.ahead = this.before(page.to, level) && page.to !== from ? this.readAhead(page.to) : undefined;
    return page;
  }

  private readAhead(from: LedgerPosition): { readonly from: LedgerPosition; readonly page: Promise<LedgerPage> } {
    const page = this.read(from);
    // Its failure is met when the page is asked for, or never, when nobody needs it any more.
    page.catch(() => undefined);
    return { from, page };
  }

  private read(from: LedgerPosition): Promise<LedgerPage> {
    return this.source.read(from, PAGE, this.categories);
  }

  private async rest(): Promise<void> {
    await this.wake.wait(REST_MS);
    await Promise.all(this.runners().map((runner) => runner.flush()));
  }

  private offered(page: LedgerPage): Promise<void> {
    // The subscription is closed only after its page in hand, which nobody will take any more.
    if (this.ended) return Promise.resolve();
    return new Promise((taken) => {
      this.offer = { page, taken };
      this.wake.raise();
    });
  }

  private before(a: LedgerPosition, b: LedgerPosition): boolean {
    return this.source.compare(a, b) < 0;
  }
}

async function deliver(page: LedgerPage, runners: readonly ConsumerRunner[]): Promise<void> {
  await Promise.all(runners.map((runner) => runner.take(page)));
}
