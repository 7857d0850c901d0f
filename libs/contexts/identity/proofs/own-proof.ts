import type { SeatClaim } from '@ledgerdesk/auth';
import { ProblemError } from '@ledgerdesk/http';
import type { Accounts } from '../accounts.js';
import { problems } from '../problems.js';
import type { Proofs, Proved } from './proofs.js';

/** What somebody who is signed in shows once more. */
export interface ShownAgain {
  readonly password: string;
  readonly code?: string | undefined;
  readonly ip: string;
}

/** Asks somebody who is signed in to show who they are, before something that whoever found their screen unlocked must not do. */
export class OwnProof {
  constructor(
    private readonly proofs: Proofs,
    private readonly accounts: Accounts,
  ) {}

  /** @throws ProblemError `proof.refused`, `proof.too-many-attempts`, `sign-in.busy`, `session.ended` */
  async of({ accountId, sessionId }: SeatClaim, { password, code, ip }: ShownAgain): Promise<Proved> {
    const email = await this.accounts.emailOf(accountId);
    if (email === undefined) throw new ProblemError(problems.sessionEnded);
    const proved = await this.proofs.of({ email, password, code, ip, known: sessionId }, problems.proofTooManyAttempts);
    if (!proved) throw new ProblemError(problems.proofRefused);
    await proved.refund();
    return proved;
  }
}
