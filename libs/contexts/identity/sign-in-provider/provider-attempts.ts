import { newId } from '@ledgerdesk/kernel';
import type { SignInLimits } from '../sign-in/sign-in-limits.js';

/** Counts what fails at the doors of providers, by network: each may cost a call to another system. */
export class ProviderAttempts {
  /** @param limits counters of their own, so that failing here holds up no password */
  constructor(private readonly limits: SignInLimits) {}

  /** What `attempt` answers; a text is a failure. */
  async counted<Outcome>(ip: string, attempt: () => Promise<Outcome | string>): Promise<Outcome | string> {
    // Nobody's name is known yet, so only the network counts.
    const counted = await this.limits.count({ email: newId(), ip });
    if (!counted.allowed) return 'too many attempts from this network';
    const outcome = await attempt();
    if (typeof outcome !== 'string') await counted.refund();
    return outcome;
  }
}
