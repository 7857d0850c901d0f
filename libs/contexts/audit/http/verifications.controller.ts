import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Can, CurrentMember, type Principal, WhileSuspended } from '@ledgerdesk/auth';
import { CommandEndpoint, IdToCreate, QueryEndpoint } from '@ledgerdesk/http';
import { Verifications } from '../queries/verifications.js';
import {
  type VerificationList,
  VerificationListSchema,
  VerificationSchema,
  type VerificationView,
} from './verification.schemas.js';

const VerifyLedgerBody = z.strictObject({}).meta({ id: 'VerifyLedgerBody', example: {} });

/** Proof for those who have to trust the ledger. A worker does the checking. */
@ApiTags('ledger')
@Controller('ledger/verifications')
export class VerificationsController {
  constructor(@Inject(Verifications) private readonly verifications: Verifications) {}

  @WhileSuspended()
  @CommandEndpoint({
    name: 'verifyLedger',
    summary:
      'Check the ledger of the workspace against its chains and seals; while a check is running it is the answer',
    status: 202,
    costs: { class: 'verification' },
    answers: VerificationSchema,
  })
  @Can('verify', 'Ledger')
  verifyLedger(
    @Body({ schema: VerifyLedgerBody }) _: z.infer<typeof VerifyLedgerBody>,
    @IdToCreate() id: string,
    @CurrentMember() member: Principal,
  ): Promise<VerificationView> {
    return this.verifications.request(member, id);
  }

  @QueryEndpoint({
    name: 'listVerifications',
    summary: 'The newest checks of the ledger with their signed reports',
    answers: VerificationListSchema,
  })
  @Can('verify', 'Ledger')
  async listVerifications(@CurrentMember() member: Principal): Promise<VerificationList> {
    return { data: await this.verifications.list(member) };
  }
}
