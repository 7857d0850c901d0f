import { canonicalText } from '@ledgerdesk/event-store';
import { z } from 'zod';
import type { SigningKey } from '../format/seal-keys.js';
import { PublicKey } from '../format/seal-keys.js';
import { DOMAIN, jsonOf } from '../format/texts.js';
import type { LedgerVerdict } from '../verify/verify-ledger.js';

const finding = z.strictObject({
  kind: z.string(),
  stream: z.string().optional(),
  revision: z.number().int().optional(),
  seal: z.number().int().optional(),
  sentence: z.string(),
});

/** What a verification has checked, what it has not, and what it has found; its members are described in docs/auditors. */
export const verificationReport = z.strictObject({
  anchor: z.enum(['held', 'none', 'not-reached']),
  checkedAt: z.iso.datetime(),
  events: z.number().int(),
  finding: finding.nullable(),
  newestSeal: z.strictObject({ number: z.number().int(), sealedAt: z.string() }).nullable(),
  requestedBy: z.string(),
  seals: z.number().int(),
  unknownSeals: z.number().int(),
  unsealed: z.number().int(),
  workspace: z.string(),
});
export type VerificationReport = Readonly<z.infer<typeof verificationReport>>;

const signedReport = z.strictObject({
  format: z.literal('ledgerdesk-report'),
  version: z.literal(1),
  publicKey: z.string(),
  report: z.string(),
  signature: z.string(),
});

/** A report as it is handed out: whoever has the public key can check that it was not changed. */
export type SignedReport = Readonly<z.infer<typeof signedReport>>;

export function signReport(
  { anchor, finding: found, events, seals, unknownSeals, unsealed, newestSeal }: LedgerVerdict,
  facts: {
    readonly workspace: string;
    readonly requestedBy: string;
    readonly checkedAt: string;
  },
  key: SigningKey,
): SignedReport {
  const { workspace, requestedBy, checkedAt } = facts;
  const report: VerificationReport = {
    anchor,
    checkedAt,
    events,
    finding: found ?? null,
    newestSeal: newestSeal ?? null,
    requestedBy,
    seals,
    unknownSeals,
    unsealed,
    workspace,
  };
  const text = canonicalText(report);
  const signature = key.sign(DOMAIN.report, text);
  return { format: 'ledgerdesk-report', version: 1, publicKey: key.publicKey.text, report: text, signature };
}

/** The report in a file, when it is signed by one of the believed keys; else `undefined`. */
export function openReport(file: string, publicKeys: readonly string[]): VerificationReport | undefined {
  const signed = signedReport.safeParse(jsonOf(file)).data;
  if (!signed || !publicKeys.includes(signed.publicKey)) return undefined;
  const isTrue = PublicKey.parse(signed.publicKey)?.verifies(DOMAIN.report, signed.report, signed.signature) === true;
  return isTrue ? verificationReport.safeParse(jsonOf(signed.report)).data : undefined;
}
