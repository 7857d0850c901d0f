import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Can, CurrentMember, FreshProof, type Principal, WhileSuspended } from '@ledgerdesk/auth';
import {
  Answer,
  CommandEndpoint,
  type Download,
  DownloadEndpoint,
  IdToCreate,
  Issued,
  QueryEndpoint,
  generalProblems,
} from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import { LedgerExports } from '../queries/ledger-exports.js';
import { ledgerExportProblems } from './ledger-export.problems.js';
import {
  ExportLedgerBody,
  type LedgerExportList,
  LedgerExportListSchema,
  LedgerExportSchema,
  type LedgerExportView,
} from './ledger-export.schemas.js';

/** The whole ledger of the workspace, to take home or to move. A worker makes the file. */
@ApiTags('ledger')
@Controller('ledger/exports')
export class LedgerExportsController {
  constructor(@Inject(LedgerExports) private readonly exports: LedgerExports) {}

  @CommandEndpoint({
    name: 'exportLedger',
    summary: 'Make a file of the whole ledger with its proof; while one is being made it is the answer',
    status: 202,
    costs: { class: 'export' },
    answers: LedgerExportSchema,
    problems: [...ledgerExportProblems.forRequests, generalProblems.stepUpRequired],
  })
  @WhileSuspended()
  @Can('export', 'Ledger')
  @FreshProof()
  exportLedger(
    @Body({ schema: ExportLedgerBody }) { passphrase }: ExportLedgerBody,
    @IdToCreate() id: string,
    @Issued() issued: CommandContext,
    @CurrentMember() member: Principal,
  ): Promise<LedgerExportView> {
    return this.exports.request(member, id, passphrase, issued);
  }

  @QueryEndpoint({
    name: 'listLedgerExports',
    summary: 'Exports of the ledger that have not expired, and how far they are',
    answers: LedgerExportListSchema,
  })
  @Can('export', 'Ledger')
  async listLedgerExports(@CurrentMember() member: Principal): Promise<LedgerExportList> {
    return { data: await this.exports.list(member) };
  }

  @DownloadEndpoint({
    name: 'downloadLedgerExport',
    path: ':exportId/file',
    summary: 'The file of a finished export; who takes it is written into the ledger',
    type: 'application/gzip',
    costs: { class: 'export' },
    problems: ledgerExportProblems.forDownloads,
  })
  @Can('export', 'Ledger')
  async downloadLedgerExport(
    @Param('exportId') id: string,
    @CurrentMember() member: Principal,
  ): Promise<Answer<Download>> {
    return new Answer(await this.exports.download(member, id));
  }
}
