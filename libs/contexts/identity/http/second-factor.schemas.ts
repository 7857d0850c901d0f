import { z } from 'zod';
import { LONGEST_PASSWORD } from '../passwords/passwords.js';
import { BACKUP_CODES } from '../second-factor/backup-codes.js';
import type { FactorState } from '../second-factor/own-second-factor.js';
import { secondFactorCode } from './identity.schemas.js';

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

const password = z.string().min(1).max(LONGEST_PASSWORD).meta({ format: 'password' });

export const ProofBody = z
  .strictObject({
    password,
    code: secondFactorCode.optional().meta({ description: 'Needed when a second factor is set up' }),
  })
  .meta({ id: 'ProofOfWho', example: { password: 'three quiet boats at noon', code: '287082' } });
export type ProofBody = z.infer<typeof ProofBody>;

export const BeginSecondFactorBody = z
  .strictObject({ password })
  .meta({ id: 'BeginSecondFactor', example: { password: 'three quiet boats at noon' } });
export type BeginSecondFactorBody = z.infer<typeof BeginSecondFactorBody>;

export const ConfirmSecondFactorBody = z
  .strictObject({ code: secondFactorCode })
  .meta({ id: 'ConfirmSecondFactor', example: { code: '287082' } });
export type ConfirmSecondFactorBody = z.infer<typeof ConfirmSecondFactorBody>;

export const SecondFactorView = z
  .object({
    since: z.iso.datetime().nullable().meta({ description: 'Since when codes are asked for; null when they are not' }),
    backupCodesLeft: z.int().meta({ description: `Of ${String(BACKUP_CODES)}` }),
  })
  .meta({ id: 'SecondFactor', example: { since: '2026-11-20T14:05:00.000Z', backupCodesLeft: 9 } });
export type SecondFactorView = z.infer<typeof SecondFactorView>;

export function secondFactorView({ since, backupCodesLeft }: FactorState): SecondFactorView {
  return { since: since?.toISOString() ?? null, backupCodesLeft };
}

export const EnrolmentView = z
  .object({
    secret: z.string().meta({ description: 'In base 32, to be typed into an authenticator. It is told this once' }),
    address: z.string().meta({ description: 'The same as an otpauth address, to be shown as a QR code' }),
  })
  .meta({
    id: 'SecondFactorEnrolment',
    example: {
      secret: SECRET,
      address: `otpauth://totp/Ledgerdesk:agent%40demo.test?secret=${SECRET}&issuer=Ledgerdesk`,
    },
  });
export type EnrolmentView = z.infer<typeof EnrolmentView>;

export const BackupCodesView = z
  .object({
    backupCodes: z
      .array(z.string())
      .meta({ description: 'Each opens the account once in place of a code. They are told this once' }),
  })
  .meta({ id: 'BackupCodes', example: { backupCodes: ['k3v9x-0q2mz', 'w8c1t-5n7rd'] } });
export type BackupCodesView = z.infer<typeof BackupCodesView>;

export const SteppedUpView = z
  .object({
    accessToken: z.string().meta({ description: 'Says that the password was shown just now' }),
    expiresIn: z.int().meta({ description: 'Seconds' }),
  })
  .meta({ id: 'SteppedUp', example: { accessToken: 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln', expiresIn: 900 } });
export type SteppedUpView = z.infer<typeof SteppedUpView>;
