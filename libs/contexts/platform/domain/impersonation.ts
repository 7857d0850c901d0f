import { characters, type Decider, DomainError, type DomainEvent, seenLine } from '@ledgerdesk/kernel';

export const LONGEST_MINUTES = 60;
const LONGEST_REASON = 500;

/** Who acts as whom, why, and for how long. */
interface Wish {
  readonly adminId: string;
  /** Session of the admin; when it is over, so is this. */
  readonly sessionId: string;
  readonly memberId: string;
  readonly reason: string;
  readonly minutes: number;
}

/** A platform admin begins to act as a member. @throws DomainError `impersonation.reason-invalid`, `impersonation.too-long` */
export class StartImpersonation {
  readonly wish: Wish;

  constructor(
    readonly impersonationId: string,
    wish: Wish,
  ) {
    const reason = seenLine(wish.reason);
    if (reason === '' || characters(reason) > LONGEST_REASON) {
      throw new DomainError('invalid', 'impersonation.reason-invalid', 'Say why, in 1 to 500 characters.');
    }
    if (!Number.isInteger(wish.minutes) || wish.minutes < 1 || wish.minutes > LONGEST_MINUTES) {
      throw new DomainError('invalid', 'impersonation.too-long', 'It lasts 1 to 60 whole minutes.');
    }
    this.wish = { ...wish, reason };
  }
}

/** Whoever began it ends it. @throws DomainError `impersonation.not-found` when that was somebody else */
export class EndImpersonation {
  constructor(
    readonly impersonationId: string,
    readonly adminId: string,
  ) {}
}

/** Stands in the ledger of the workspace, for its own people. `until` is RFC 3339. */
export type ImpersonationEvent =
  | DomainEvent<
      'ImpersonationStarted',
      {
        readonly impersonationId: string;
        readonly adminId: string;
        readonly sessionId: string;
        readonly memberId: string;
        readonly reason: string;
        readonly until: string;
      }
    >
  | DomainEvent<'ImpersonationEnded', { readonly adminId: string; readonly memberId: string }>;

export interface Impersonation {
  readonly adminId: string;
  readonly sessionId: string;
  readonly memberId: string;
  readonly reason: string;
  /** RFC 3339. */
  readonly until: string;
  readonly ended: boolean;
}

type State = Impersonation | undefined;

export const impersonationDecider: Decider<StartImpersonation | EndImpersonation, State, ImpersonationEvent> = {
  category: 'impersonation',
  initial: undefined,
  target: ({ impersonationId }) => impersonationId,
  decide(command, state, { now }) {
    if (command instanceof StartImpersonation) return state ? [] : [started(command, now)];
    if (state?.adminId !== command.adminId) {
      throw new DomainError('not-found', 'impersonation.not-found', 'You do not act as anybody under this id.');
    }
    if (state.ended) return [];
    return [{ type: 'ImpersonationEnded', data: { adminId: state.adminId, memberId: state.memberId } }];
  },
  evolve(state, { type, data }) {
    switch (type) {
      case 'ImpersonationStarted': {
        const { adminId, sessionId, memberId, reason, until } = data;
        return { adminId, sessionId, memberId, reason, until, ended: false };
      }
      case 'ImpersonationEnded':
        return state && { ...state, ended: true };
      default:
        // Written by a newer release beside this one.
        return state;
    }
  },
};

function started({ impersonationId, wish }: StartImpersonation, now: number): ImpersonationEvent {
  const { minutes, ...who } = wish;
  const until = new Date(now + minutes * 60_000).toISOString();
  return { type: 'ImpersonationStarted', data: { impersonationId, ...who, until } };
}
