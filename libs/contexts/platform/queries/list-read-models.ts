import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import type { ReadModelList } from '../http/read-model.schemas.js';
import { ReadModelStates } from './read-model-states.js';

/** How are the read models, and which streams of this workspace have they put aside? */
export class ListReadModels extends Query<ReadModelList> {
  constructor(readonly workspaceId: string) {
    super();
  }
}

@QueryHandler(ListReadModels)
export class ListReadModelsHandler implements IQueryHandler<ListReadModels> {
  constructor(
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(ReadModelStates) private readonly states: ReadModelStates,
  ) {}

  async execute({ workspaceId }: ListReadModels): Promise<ReadModelList> {
    const { rebuildInDesk } = this.configuration;
    const { parked, counts } = await this.states.parkedIn(workspaceId);
    // Counts of rows are those of all workspaces: only for who may change what all of them share.
    const data = await this.states.readModels(counts, rebuildInDesk);
    return { data: [...data], parked: [...parked], changedInDesk: rebuildInDesk };
  }
}
