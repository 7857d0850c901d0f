import type { Client } from 'pg';
import type { AnyProjection } from '../projection.js';
import { compareGenerations, isEqual } from './compare-generations.js';
import type { Generation, Refusal, Wish } from './generation.js';
import { rebuildBeside } from './install-projections.js';
import { ProjectionConsumer } from './projection-consumer.js';
import type { RebuildOutcome, RebuildsOptions } from './rebuilds-options.js';
import { replayParked } from './replay-parked.js';
import { dropGeneration, switchGeneration } from './switch-generation.js';

/** What a rebuild does when it is built, by the wish that asked for it. */
const AFTER_REBUILD: Partial<Record<Wish, Wish | null>> = {
  rebuild: null,
  'rebuild-and-switch': 'switch-if-sound',
  'rebuild-and-switch-if-equal': 'switch-if-equal',
};

/** Does what somebody wants done with a generation, and takes the wish away or says why not. */
export class WishFulfilment {
  constructor(
    private readonly options: Pick<RebuildsOptions, 'projections' | 'connections' | 'source' | 'event' | 'onOutcome'>,
  ) {}

  /** @param live the generation that is read now */
  async fulfil(generation: Generation, live: Generation | undefined, owner: Client): Promise<void> {
    const { wish } = generation;
    switch (wish) {
      case 'rebuild':
      case 'rebuild-and-switch':
      case 'rebuild-and-switch-if-equal':
        return this.rebuild(generation, AFTER_REBUILD[wish] ?? null, owner);
      case 'replay':
        return this.replay(generation);
      case 'compare':
        if ((await this.compare(generation, live)) !== undefined) await this.settle(generation, null);
        return;
      case 'switch-if-equal': {
        const isSame = await this.compare(generation, live);
        if (isSame === undefined) return;
        return isSame ? this.switchTo(generation, owner) : this.settle(generation, 'read-model.differs');
      }
      case 'switch-if-sound':
        // While somebody brings forward what is read, a person has time to look; else the desk would stand still.
        if (live?.running === true && generation.parkedStreams > live.parkedStreams)
          return this.settle(generation, 'read-model.more-parked');
        return this.switchTo(generation, owner);
      case 'switch':
        return this.switchTo(generation, owner);
      case 'drop':
      case null:
        // What is kept too long is dropped without anybody asking.
        if (await dropGeneration(owner, generation.readModel, generation.table)) this.tell(generation, 'dropped');
    }
  }

  private async rebuild(generation: Generation, then: Wish | null, owner: Client): Promise<void> {
    const projection = this.known(generation);
    // An older release leaves it to a worker of the newer one.
    if (projection === undefined) return;
    const table = await rebuildBeside(projection, owner, then);
    await this.settle(generation, table === undefined ? 'read-model.building' : null);
    if (table !== undefined) this.tell({ ...generation, table }, 'begun');
  }

  private async replay(generation: Generation): Promise<void> {
    const { connections, event } = this.options;
    const projection = this.known(generation);
    if (projection?.version !== generation.version) return;
    const consumer = new ProjectionConsumer(projection, generation.table);
    const { applied, remaining, reasons } = await replayParked(consumer, connections, event);
    await this.settle(generation, remaining > 0 ? 'read-model.still-parked' : null);
    this.tell(generation, 'replayed', `${String(applied)} applied, ${String(remaining)} remain. ${reasons.join(', ')}`);
  }

  /** @returns whether nothing differs; undefined when the two never stood at one position: it is tried again */
  private async compare(generation: Generation, live: Generation | undefined): Promise<boolean | undefined> {
    if (live === undefined) return undefined;
    const { connections } = this.options;
    const found = await compareGenerations(connections, live.table, generation.table);
    if (found === undefined) {
      if (!(live.running && generation.running)) await this.settle(generation, 'read-model.not-level');
      return undefined;
    }
    await connections.use((sql) =>
      sql.rows('update read_model_generation set comparison = $2 where table_name = $1', [
        generation.table,
        JSON.stringify(found),
      ]),
    );
    this.tell(generation, 'compared', `${String(found.missing + found.surplus + found.different)} rows differ`);
    return isEqual(found);
  }

  private async switchTo(generation: Generation, owner: Client): Promise<void> {
    const { readModel, table } = generation;
    const outcome = await switchGeneration(owner, readModel, table, (a, b) => this.options.source.compare(a, b));
    if (outcome === 'switched') this.tell(generation, 'switched');
    else if (outcome === 'behind' && !generation.running) await this.settle(generation, 'read-model.not-level');
  }

  private known({ readModel, version }: Generation): AnyProjection | undefined {
    return this.options.projections.find((each) => each.name === readModel && each.version >= version);
  }

  private async settle(generation: Generation, refusal: Refusal | null): Promise<void> {
    await this.options.connections.use((sql) =>
      sql.rows('update read_model_generation set wish = null, refusal = $2 where table_name = $1 and wish = $3', [
        generation.table,
        refusal,
        generation.wish,
      ]),
    );
    if (refusal !== null) this.tell(generation, 'refused', refusal);
  }

  private tell({ readModel, table }: Generation, what: RebuildOutcome['what'], detail?: string): void {
    this.options.onOutcome({ readModel, table, what, ...(detail !== undefined && { detail }) });
  }
}
