import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Principal } from '@ledgerdesk/auth';
import { CommandRunner, EVENT_STORE, EventCodec, type EventStore, Ledger } from '@ledgerdesk/event-store';
import { Answer, Download } from '@ledgerdesk/http';
import { ReadStore } from '@ledgerdesk/read-store';
import { type AccessFormat, CONTENT_TYPES } from '../access/access-document.js';
import { accessExport } from '../access/access-export.js';

/** What do we hold about this customer? All of it, as a file. */
export class ExportCustomerData extends Query<Answer<Download>> {
  constructor(
    readonly member: Principal,
    readonly customerId: string,
    readonly format: AccessFormat,
  ) {
    super();
  }
}

@QueryHandler(ExportCustomerData)
export class ExportCustomerDataHandler implements IQueryHandler<ExportCustomerData> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(EventCodec) private readonly codec: EventCodec,
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(ReadStore) private readonly readStore: ReadStore,
  ) {}

  /** @throws DomainError not-found `customer.not-found` */
  async execute({ member, customerId, format }: ExportCustomerData): Promise<Answer<Download>> {
    const { store, codec, ledger, runner, readStore } = this;
    const { workspaceId, memberId } = member;
    const chunks = await accessExport(
      { store, codec, ledger, runner, run: (workspace, work) => readStore.run(workspace, work) },
      { workspaceId, customerId, format, actor: `member:${memberId}` },
    );
    return new Answer(new Download(chunks, CONTENT_TYPES[format], `customer-${customerId}.${format}`));
  }
}
