import type { Provider } from '@nestjs/common';
import { CONFIGURATION, type Configuration, deriveKey } from '@ledgerdesk/config';
import { DatabaseClock } from '@ledgerdesk/event-store';
import { Seal } from '@ledgerdesk/http';
import { ReadStore } from '@ledgerdesk/read-store';
import { Accounts } from '../accounts.js';
import { Passwords } from '../passwords/passwords.js';
import { OwnSecondFactor } from '../second-factor/own-second-factor.js';
import { SecondFactors } from '../second-factor/second-factors.js';
import { SignInLimits } from '../sign-in/sign-in-limits.js';
import { OwnProof } from './own-proof.js';
import { Proofs } from './proofs.js';

/** Passwords, codes, and who asks for them. */
export const PROOF_PROVIDERS: Provider[] = [
  {
    provide: SecondFactors,
    inject: [ReadStore, CONFIGURATION, DatabaseClock],
    useFactory: (store: ReadStore, { installationKey }: Configuration, clock: DatabaseClock) => {
      const keys = {
        secrets: new Seal(installationKey, 'second-factor'),
        backupCodes: deriveKey(installationKey, 'backup-code'),
      };
      return new SecondFactors(store, keys, clock);
    },
  },
  {
    provide: OwnSecondFactor,
    inject: [ReadStore, SecondFactors, DatabaseClock],
    useFactory: (...parts: ConstructorParameters<typeof OwnSecondFactor>) => new OwnSecondFactor(...parts),
  },
  {
    provide: Proofs,
    inject: [SignInLimits, Accounts, Passwords, SecondFactors],
    useFactory: (...parts: ConstructorParameters<typeof Proofs>) => new Proofs(...parts),
  },
  {
    provide: OwnProof,
    inject: [Proofs, Accounts],
    useFactory: (...parts: ConstructorParameters<typeof OwnProof>) => new OwnProof(...parts),
  },
];
