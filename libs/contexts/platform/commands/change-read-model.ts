import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { type Problem, ProblemError } from '@ledgerdesk/http';
import { type GenerationState, generations, ReadStore, type Wish, wishFor } from '@ledgerdesk/read-store';
import { readModelProblems as problems } from '../http/read-model.problems.js';
import type { Change } from '../http/read-model.schemas.js';

interface Target {
  /** All generations in these states are meant. */
  readonly states: readonly GenerationState[];
  readonly wish: Wish;
  readonly without: Problem;
}

const TARGETS: Readonly<Record<Change, Target>> = {
  rebuild: { states: ['live'], wish: 'rebuild', without: problems.notFound },
  'rebuild-and-switch': { states: ['live'], wish: 'rebuild-and-switch', without: problems.notFound },
  replay: { states: ['live'], wish: 'replay', without: problems.notFound },
  compare: { states: ['building', 'kept'], wish: 'compare', without: problems.nothingBuilt },
  switch: { states: ['building'], wish: 'switch', without: problems.nothingBuilt },
  'roll-back': { states: ['kept'], wish: 'switch', without: problems.nothingKept },
  drop: { states: ['building', 'kept'], wish: 'drop', without: problems.nothingBuilt },
};

/** Leaves a wish that a worker fulfils. It is no event: read models hold nothing that the ledger does not. */
export class ChangeReadModel extends Command<void> {
  constructor(
    readonly name: string,
    readonly change: Change,
  ) {
    super();
  }
}

@CommandHandler(ChangeReadModel)
export class ChangeReadModelHandler implements ICommandHandler<ChangeReadModel> {
  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(ReadStore) private readonly store: ReadStore,
  ) {}

  async execute({ name, change }: ChangeReadModel): Promise<void> {
    if (!this.configuration.rebuildInDesk) throw new ProblemError(problems.notInDesk);
    await this.store.global(async (sql) => {
      const all = (await generations(sql)).filter(({ readModel }) => readModel === name);
      if (all.length === 0) throw new ProblemError(problems.notFound);
      const { states, wish, without } = TARGETS[change];
      const targets = all.filter(({ state }) => states.includes(state));
      if (targets.length === 0) throw new ProblemError(without);
      if (change.startsWith('rebuild') && all.some(({ state }) => state === 'building'))
        throw new ProblemError(problems.building);
      for (const { table } of targets) await wishFor(sql, table, wish);
    });
  }
}
