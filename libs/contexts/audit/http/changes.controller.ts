import { Controller, Inject, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Can, CurrentMember, type Principal } from '@ledgerdesk/auth';
import { Answer, type Download, DownloadEndpoint, QueryEndpoint } from '@ledgerdesk/http';
import { ChangesFile } from '../queries/changes-file.js';
import { CompareConfiguration } from '../queries/compare-configuration.js';
import { ListChanges } from '../queries/list-changes.js';
import { ConfigurationChangePage, ExportChangesQuery, ListChangesQuery } from './changes.schemas.js';
import {
  CompareConfigurationQuery,
  type ConfigurationComparison,
  ConfigurationComparisonSchema,
} from './configuration.schemas.js';

/** Who changed what in the configuration of the workspace. */
@ApiTags('ledger')
@Controller('audit')
export class ChangesController {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(ChangesFile) private readonly file: ChangesFile,
  ) {}

  @QueryEndpoint({
    name: 'listChanges',
    path: 'changes',
    summary: 'Changes of the configuration, newest first: who, what, before and after',
    answers: ConfigurationChangePage,
    costs: { class: 'search', with: 'q' },
    reads: ['configuration_changes'],
  })
  @Can('read', 'Ledger')
  listChanges(
    @Query({ schema: ListChangesQuery }) range: ListChangesQuery,
    @CurrentMember() { workspaceId }: Principal,
  ): Promise<Answer<object>> {
    return this.queries.execute(new ListChanges(workspaceId, range));
  }

  @DownloadEndpoint({
    name: 'exportChanges',
    path: 'changes.csv',
    summary: 'The same as a CSV file, one line per field; no cell of it is taken for a formula',
    type: 'text/csv',
    costs: { class: 'export' },
  })
  @Can('export', 'Ledger')
  async exportChanges(
    @Query({ schema: ExportChangesQuery }) filter: ExportChangesQuery,
    @CurrentMember() { workspaceId }: Principal,
  ): Promise<Answer<Download>> {
    return new Answer(await this.file.of(workspaceId, filter));
  }

  @QueryEndpoint({
    name: 'compareConfiguration',
    path: 'configuration',
    summary: 'How the workspace was set up at two moments, each value with the event that proves it',
    answers: ConfigurationComparisonSchema,
    costs: { class: 'search' },
    reads: ['configuration_changes'],
  })
  @Can('read', 'Ledger')
  compareConfiguration(
    @Query({ schema: CompareConfigurationQuery }) { at, and }: CompareConfigurationQuery,
    @CurrentMember() { workspaceId }: Principal,
  ): Promise<ConfigurationComparison> {
    return this.queries.execute(new CompareConfiguration(workspaceId, new Date(at), new Date(and)));
  }
}
