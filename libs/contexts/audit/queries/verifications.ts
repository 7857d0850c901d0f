import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@ledgerdesk/auth';
import { listVerifications, requestVerification, type Verification, verificationReport } from '@ledgerdesk/proof';
import { ReadStore } from '@ledgerdesk/read-store';
import type { VerificationView } from '../http/verification.schemas.js';

/** Was the ledger of the workspace checked, and what was found? */
@Injectable()
export class Verifications {
  constructor(@Inject(ReadStore) private readonly store: ReadStore) {}

  async request({ workspaceId, memberId }: Principal, id: string): Promise<VerificationView> {
    const requestedBy = `member:${memberId}`;
    const found = await this.store.run(workspaceId, (sql) =>
      requestVerification(sql, { id, workspaceId, requestedBy }),
    );
    if (!found) throw new Error('A verification that was asked for is not there.');
    return viewOf(found);
  }

  async list({ workspaceId }: Principal): Promise<VerificationView[]> {
    const rows = await this.store.run(workspaceId, (sql) => listVerifications(sql));
    return rows.map(viewOf);
  }
}

function viewOf({
  report,
  signature,
  publicKey,
  requestedAt,
  events,
  ...verification
}: Verification): VerificationView {
  const isSigned = report !== null && signature !== null && publicKey !== null;
  return {
    ...verification,
    requestedAt: requestedAt.toISOString(),
    events: Number(events),
    report: isSigned ? verificationReport.parse(JSON.parse(report)) : null,
    signed: isSigned ? { format: 'ledgerdesk-report', version: 1, publicKey, report, signature } : null,
  };
}
