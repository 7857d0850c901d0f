import { customerDecider, RequestCustomerErasure } from '@ledgerdesk/customers';
import { type CommandRunner, type ErasureReceipt, type KeyRing, replayReceipts } from '@ledgerdesk/event-store';
import { actorOf, type CommandContext, DomainError, nameId } from '@ledgerdesk/kernel';
import { memberDecider, RequestMemberErasure } from '@ledgerdesk/workspaces';

/** What the restored ledger says about it when the original request is younger than the backup. */
const REASON = 'legal_duty';

/**
 * Erases again everybody whom the receipts name. All keys are destroyed first, which is enough for nobody to be readable; then each
 * person whom the restored ledger knows as not erased gets a request, which workers carry out once they run. Safe to repeat.
 */
export async function replayErasures(
  receipts: readonly ErasureReceipt[],
  { keys, runner }: { readonly keys: Pick<KeyRing, 'destroy'>; readonly runner: CommandRunner },
): Promise<void> {
  await replayReceipts(receipts, keys);
  for (const receipt of receipts) await requestAgain(receipt, runner);
}

async function requestAgain({ workspaceId, keyId, person }: ErasureReceipt, runner: CommandRunner): Promise<void> {
  const commandId = nameId('replay-erasure', workspaceId, keyId);
  const actor = 'system:replay-erasures';
  const context: CommandContext = {
    workspaceId,
    actor,
    cause: 'job:replay-erasures',
    commandId,
    correlationId: commandId,
  };
  const { kind, id } = actorOf(person);
  try {
    if (kind === 'member') await runner.run(memberDecider, new RequestMemberErasure(id, REASON), context);
    else await runner.run(customerDecider, new RequestCustomerErasure(id, REASON), context);
  } catch (error) {
    // The backup is older than the person: there is nothing to erase, and the key can not come back.
    if (!(error instanceof DomainError) || error.kind !== 'not-found') throw error;
  }
}
