import { Body, Controller, Inject, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { BeforeSetUp, Can, CurrentMember, type Principal, WhileSuspended } from '@ledgerdesk/auth';
import { CommandEndpoint, QueryEndpoint } from '@ledgerdesk/http';
import { problems } from '../problems.js';
import { OwnProof } from '../proofs/own-proof.js';
import { OwnSecondFactor } from '../second-factor/own-second-factor.js';
import {
  BackupCodesView,
  BeginSecondFactorBody,
  ConfirmSecondFactorBody,
  EnrolmentView,
  ProofBody,
  SecondFactorView,
  secondFactorView,
} from './second-factor.schemas.js';

const PROOF = [problems.proofRefused, problems.proofTooManyAttempts, problems.sessionEnded, problems.busy];

/**
 * The own second factor. No answer of these is remembered: a row of it would hold a secret, or a quick digest of a password.
 */
@ApiTags('account')
@Controller('me/second-factor')
export class SecondFactorController {
  constructor(
    @Inject(OwnSecondFactor) private readonly factor: OwnSecondFactor,
    @Inject(OwnProof) private readonly proof: OwnProof,
  ) {}

  @BeforeSetUp()
  @Can('read', 'SecondFactor')
  @QueryEndpoint({ name: 'getSecondFactor', summary: 'Whether codes are asked for', answers: SecondFactorView })
  async getSecondFactor(@CurrentMember() { accountId }: Principal): Promise<SecondFactorView> {
    return secondFactorView(await this.factor.state(accountId));
  }

  @BeforeSetUp()
  @Can('change', 'SecondFactor')
  @WhileSuspended()
  @CommandEndpoint({
    name: 'beginSecondFactor',
    path: 'begin',
    summary: 'Make a secret for an authenticator; nothing changes until a code of it was shown',
    answers: EnrolmentView,
    idempotent: false,
    problems: [problems.secondFactorOn, ...PROOF],
  })
  async beginSecondFactor(
    @Body({ schema: BeginSecondFactorBody }) { password }: BeginSecondFactorBody,
    @CurrentMember() seat: Principal,
    @Req() { ip = '' }: Request,
  ): Promise<EnrolmentView> {
    const { account } = await this.proof.of(seat, { password, ip });
    return this.factor.begin(account);
  }

  @BeforeSetUp()
  @Can('change', 'SecondFactor')
  @WhileSuspended()
  @CommandEndpoint({
    name: 'confirmSecondFactor',
    path: 'confirm',
    summary: 'Show a code of the new authenticator: from then on one is asked for, and all other sessions end',
    answers: BackupCodesView,
    idempotent: false,
    problems: [
      problems.secondFactorOn,
      problems.secondFactorNotBegun,
      problems.secondFactorWrongCode,
      problems.sessionEnded,
    ],
  })
  async confirmSecondFactor(
    @Body({ schema: ConfirmSecondFactorBody }) { code }: ConfirmSecondFactorBody,
    @CurrentMember() seat: Principal,
  ): Promise<BackupCodesView> {
    return { backupCodes: [...(await this.factor.confirm(seat, code))] };
  }

  @Can('change', 'SecondFactor')
  @WhileSuspended()
  @CommandEndpoint({
    name: 'renewBackupCodes',
    path: 'backup-codes',
    summary: 'Make ten other backup codes; those of before are good for nothing',
    answers: BackupCodesView,
    idempotent: false,
    problems: [problems.secondFactorOff, ...PROOF],
  })
  async renewBackupCodes(
    @Body({ schema: ProofBody }) shown: ProofBody,
    @CurrentMember() seat: Principal,
    @Req() { ip = '' }: Request,
  ): Promise<BackupCodesView> {
    await this.proof.of(seat, { ...shown, ip });
    return { backupCodes: [...(await this.factor.renewBackupCodes(seat))] };
  }

  @Can('change', 'SecondFactor')
  @WhileSuspended()
  @CommandEndpoint({
    name: 'turnOffSecondFactor',
    path: 'off',
    summary: 'Let the password alone open the account again; safe to send again',
    idempotent: false,
    problems: PROOF,
  })
  async turnOffSecondFactor(
    @Body({ schema: ProofBody }) shown: ProofBody,
    @CurrentMember() seat: Principal,
    @Req() { ip = '' }: Request,
  ): Promise<void> {
    await this.proof.of(seat, { ...shown, ip });
    await this.factor.turnOff(seat);
  }
}
