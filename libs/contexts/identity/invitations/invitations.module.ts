import { Module } from '@nestjs/common';
import { CONFIGURATION, type Configuration, deriveKey } from '@ledgerdesk/config';
import { CommandRunner, DatabaseClock, EVENT_STORE, EventCodec, type EventStore } from '@ledgerdesk/event-store';
import { ReadStore } from '@ledgerdesk/read-store';
import { Directory, Owners, WorkspacesModule } from '@ledgerdesk/workspaces';
import { Accounts } from '../accounts.js';
import { Passwords } from '../passwords/passwords.js';
import { Proofs } from '../proofs/proofs.js';
import { AccountSeatsController } from '../seats/seats.controller.js';
import { SignInLimits } from '../sign-in/sign-in-limits.js';
import { InvitationsController } from './http/invitations.controller.js';
import { JoinController } from './http/join.controller.js';
import { InvitationAcceptance } from './invitation-acceptance.js';
import { Invitations } from './invitations.js';
import { Invite } from './invite.js';
import { ListInvitations } from './list-invitations.js';
import { NewAccounts } from './new-accounts.js';

/** Inviting people and letting them in, as an api process needs it; the mail is sent by the worker. */
@Module({
  imports: [WorkspacesModule],
  controllers: [InvitationsController, JoinController, AccountSeatsController],
  providers: [
    {
      provide: Invitations,
      inject: [EVENT_STORE, EventCodec, CONFIGURATION],
      useFactory: (store: EventStore, codec: EventCodec, configuration: Configuration) =>
        new Invitations(store, codec, configuration),
    },
    {
      provide: Invite,
      inject: [ReadStore, Invitations, Owners, CommandRunner],
      useFactory: (...parts: ConstructorParameters<typeof Invite>) => new Invite(...parts),
    },
    { provide: ListInvitations, inject: [ReadStore], useFactory: (store: ReadStore) => new ListInvitations(store) },
    {
      provide: NewAccounts,
      inject: [Accounts, Passwords, CONFIGURATION],
      useFactory: (accounts: Accounts, passwords: Passwords, { mode }: Configuration) =>
        new NewAccounts(accounts, passwords, mode === 'embedded'),
    },
    {
      provide: SignInLimits,
      inject: [ReadStore, CONFIGURATION],
      useFactory: (store: ReadStore, { installationKey }: Configuration) =>
        new SignInLimits(store, deriveKey(installationKey, 'invitation-limit')),
    },
    {
      provide: InvitationAcceptance,
      inject: [Invitations, Directory, Accounts, NewAccounts, Proofs, SignInLimits, CommandRunner, DatabaseClock],
      useFactory: (
        invitations: Invitations,
        directory: Directory,
        accounts: Accounts,
        newAccounts: NewAccounts,
        proofs: Proofs,
        limits: SignInLimits,
        runner: CommandRunner,
        clock: DatabaseClock,
      ) => new InvitationAcceptance({ invitations, directory, accounts, newAccounts, proofs, limits, runner, clock }),
    },
  ],
})
export class InvitationsModule {}
