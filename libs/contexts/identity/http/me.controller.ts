import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Abilities, BeforeSetUp, Can, CurrentMember, type Principal } from '@ledgerdesk/auth';
import { generalProblems, ProblemError, QueryEndpoint } from '@ledgerdesk/http';
import { Accounts } from '../accounts.js';
import { SeatProfiles } from '../seats/seat-profiles.js';
import { MeView } from './identity.schemas.js';

@ApiTags('sign-in')
@Controller('me')
export class MeController {
  constructor(
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(SeatProfiles) private readonly profiles: SeatProfiles,
    @Inject(Abilities) private readonly abilities: Abilities,
  ) {}

  @BeforeSetUp()
  @Can('read', 'Session')
  @QueryEndpoint({ name: 'getMe', summary: 'Who is signed in, where, and what they may do', answers: MeView })
  async getMe(@CurrentMember() principal: Principal): Promise<MeView> {
    const [profile, email] = await Promise.all([
      this.profiles.of(principal),
      this.accounts.emailOf(principal.accountId),
    ]);
    if (!profile || email === undefined) throw new ProblemError(generalProblems.signInRequired);
    return {
      member: { ...profile.member, email },
      workspace: profile.workspace,
      mustSetUp: principal.mustSetUp ?? null,
      impersonation: principal.impersonation ? { until: principal.impersonation.until } : null,
      abilities: this.abilities.rulesFor(principal).map(asView),
    };
  }
}

function asView({
  action,
  subject,
  conditions,
}: ReturnType<Abilities['rulesFor']>[number]): MeView['abilities'][number] {
  return {
    action: [action].flat(),
    subject: String(subject),
    ...(conditions && { conditions: { ...conditions } }),
  };
}
