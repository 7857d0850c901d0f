import { customerDecider, RegisterCustomer } from '@ledgerdesk/customers';
import type { CommandRunner } from '@ledgerdesk/event-store';
import { CreateTeam, memberDecider, RegisterImportedMember, teamDecider } from '@ledgerdesk/workspaces';
import { inFlight } from './in-flight.js';
import type { Incident } from './incident-file.js';
import { callerOf, importContext, NO_CALLER_NAME } from './incident-story.js';
import { type ImportIds, NO_CALLER, SOURCE } from './import-ids.js';

const AT_A_TIME = 300;
const BULK = { lane: 'bulk' } as const;

/**
 * Makes customers of callers, teams of groups and members of assignees, each since the first incident that names them. Customers
 * have no address and members can not sign in: the file holds neither. Who is there already stays as they are.
 * @param incidents in the order of their opening
 */
export async function registerPeople(
  runner: CommandRunner,
  workspaceId: string,
  incidents: readonly Incident[],
  ids: ImportIds,
): Promise<void> {
  const callers = new Map<string, number>();
  const groups = new Map<string, number>();
  const assignees = new Map<string, number>();
  for (const incident of incidents) {
    for (const { group, assignee, openedAt } of incident.rows) {
      remember(callers, callerOf(incident), openedAt);
      if (group !== null) remember(groups, group, openedAt);
      if (assignee !== null) remember(assignees, assignee, openedAt);
    }
  }
  const since = (id: string, at: number) => importContext(workspaceId, ids.creation(id), ids.creation(id), at);

  await inFlight([...groups], AT_A_TIME, async ([group, at]) => {
    const command = new CreateTeam(ids.team(group), group);
    await runner.runAll(teamDecider, [{ command, context: since(command.teamId, at) }], BULK);
  });
  await inFlight([...assignees], AT_A_TIME, async ([assignee, at]) => {
    const command = new RegisterImportedMember(ids.member(assignee), assignee, SOURCE, assignee);
    await runner.runAll(memberDecider, [{ command, context: since(command.memberId, at) }], BULK);
  });
  await inFlight([...callers], AT_A_TIME, async ([caller, at]) => {
    const customerId = ids.customer(caller);
    const command = new RegisterCustomer(customerId, {
      keyId: customerId,
      name: caller === NO_CALLER ? NO_CALLER_NAME : caller,
      externalId: { source: SOURCE, id: caller },
    });
    await runner.runAll(customerDecider, [{ command, context: since(customerId, at) }], BULK);
  });
}

function remember(known: Map<string, number>, name: string, at: number): void {
  if (!known.has(name)) known.set(name, at);
}
