import { customerDecider, type CustomerEvent, RecordCustomerExport } from '@ledgerdesk/customers';
import { type CommandRunner, type EventCodec, readWhole, streamName } from '@ledgerdesk/event-store';
import { type Actor, DomainError, fold, newId, type Recorded } from '@ledgerdesk/kernel';
import { workspaceDecider, type WorkspaceEvent } from '@ledgerdesk/workspaces';
import { accessDocument, type AccessFormat } from './access-document.js';
import { personData, type PersonDataSources } from './person-data.js';

export interface AccessExportTools extends PersonDataSources {
  readonly runner: CommandRunner;
  readonly codec: EventCodec;
}

export interface AccessAsked {
  readonly workspaceId: string;
  readonly customerId: string;
  readonly format: AccessFormat;
  /** Who takes the copy. */
  readonly actor: Actor;
}

/**
 * A copy of everything that is held about a customer, in pieces. That it was taken is written down before anything is read, and
 * stands in the copy itself.
 * @throws DomainError not-found `customer.not-found`
 */
export async function accessExport(tools: AccessExportTools, asked: AccessAsked): Promise<AsyncIterable<string>> {
  const { workspaceId, customerId, format, actor } = asked;
  const history = await sealed(tools, streamName('customer', workspaceId, customerId));
  const customer = fold(customerDecider, history as readonly Recorded<CustomerEvent>[]);
  if (!customer) throw new DomainError('not-found', 'customer.not-found', 'There is no such customer.');
  const commandId = newId();
  const context = { workspaceId, actor, commandId, correlationId: commandId };
  const { events } = await tools.runner.run(customerDecider, new RecordCustomerExport(customerId, format), context);
  const opened = await sealed(tools, streamName('workspace', workspaceId, workspaceId));
  const workspace = fold(workspaceDecider, opened as readonly Recorded<WorkspaceEvent>[])?.name ?? workspaceId;
  const exportedAt = events.at(-1)?.metadata.recordedAt ?? '';
  const data = await personData(tools, { workspaceId, customerId, keyId: customer.keyId });
  return accessDocument(format, { workspace, customerId, exportedAt }, data);
}

async function sealed({ store, codec }: AccessExportTools, stream: string): Promise<readonly Recorded[]> {
  return codec.sealedView(await readWhole(store, stream));
}
