import {
  BEGINNING,
  type CommandRunner,
  type EventCodec,
  type EventStore,
  readWhole,
  streamName,
} from '@ledgerdesk/event-store';
import { DomainError, fold, nameId, type Recorded } from '@ledgerdesk/kernel';
import { JoinWorkspace, type Member, memberDecider, type MemberEvent } from '@ledgerdesk/workspaces';
import { type Accounts, emailText } from './accounts.js';
import { EMAIL, fitPassword } from './first-credentials.js';
import type { Passwords } from './passwords/passwords.js';

export interface OwnerSeatTools {
  readonly store: EventStore;
  readonly codec: EventCodec;
  readonly runner: CommandRunner;
  readonly accounts: Accounts;
  readonly passwords: Passwords;
}

export interface OwnerSeat {
  readonly workspaceId: string;
  readonly email: string;
  /** For a member who has not been there before. */
  readonly name: string;
  /** Asks for the password; only when the address has no account yet. */
  readonly password: () => Promise<string>;
}

/**
 * Lets somebody in as an owner of a workspace whose history was moved here: credentials are no events, so they stayed behind. Who was an owner
 * under this address before sits down on the same seat; anybody else joins. Safe to repeat.
 * @throws DomainError `account.email-invalid`, `account.password-unfit`, `member.not-owner`; nothing has been written then
 */
export async function giveOwnerSeat(
  { store, codec, runner, accounts, passwords }: OwnerSeatTools,
  { workspaceId, name, password, ...given }: OwnerSeat,
): Promise<void> {
  const email = emailText(given.email);
  if (!EMAIL.test(email)) throw new DomainError('invalid', 'account.email-invalid', 'This is no e-mail address.');
  const known = await accounts.byEmail(email);
  const accountId = known?.accountId ?? nameId('account', email);
  const seated = await memberOf(store, codec, workspaceId, accountId);
  if (seated && (seated.role !== 'owner' || seated.status !== 'active')) {
    throw new DomainError(
      'conflict',
      'member.not-owner',
      `${email} is a member, but no owner: name the address of an owner.`,
    );
  }
  const memberId = seated?.memberId ?? nameId('member', workspaceId, accountId);
  const passwordHash = known?.passwordHash ?? (await passwords.hash(fitPassword(await password(), email)));
  await accounts.register({ accountId, email, passwordHash });
  if (!seated) {
    const commandId = nameId('owner-of-moved-workspace', workspaceId, accountId);
    await runner.run(memberDecider, new JoinWorkspace(memberId, accountId, name, 'owner'), {
      workspaceId,
      actor: 'system:import-ledger',
      cause: 'job:import-ledger',
      commandId,
      correlationId: commandId,
    });
  }
  await accounts.useSeat({ accountId, workspaceId, memberId });
}

/** The seat of an account as the ledger has it: read models of a workspace that came a moment ago may not know it yet. */
async function memberOf(
  store: EventStore,
  codec: EventCodec,
  workspaceId: string,
  accountId: string,
): Promise<Member | undefined> {
  const prefix = streamName('member', workspaceId, '');
  for (let after = BEGINNING; ;) {
    const page = await store.readAll({ after, prefix });
    const last = page.at(-1);
    if (!last) return undefined;
    after = last.position;
    const joined = codec.sealedView(page).find(({ data }) => 'accountId' in data && data.accountId === accountId);
    if (!joined) continue;
    const events = codec.sealedView(await readWhole(store, joined.stream));
    return fold(memberDecider, events as readonly unknown[] as readonly Recorded<MemberEvent>[]);
  }
}
