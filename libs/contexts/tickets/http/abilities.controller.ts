import { Controller, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Asker, Can, CurrentAsker, CurrentMember, type Principal } from '@ledgerdesk/auth';
import { QueryEndpoint } from '@ledgerdesk/http';
import { z } from 'zod';
import { ExplainAbility } from '../queries/explain-ability.js';

const name = z
  .string()
  .max(40)
  .regex(/^[a-z][a-z-]*$/i);

const ExplainAbilityQuery = z.strictObject({
  action: name.meta({ description: 'As the rules of `GET /me` name it', example: 'reply' }),
  type: name.meta({ description: 'The kind of thing, as the rules of `GET /me` name it', example: 'Ticket' }),
  id: z.string().max(60).optional().meta({ description: 'One ticket' }),
});
type ExplainAbilityQuery = z.infer<typeof ExplainAbilityQuery>;

const AbilityView = z
  .object({
    allowed: z.boolean(),
    reason: z.enum(['allowed', 'unknown', 'role', 'not-found']).meta({ id: 'AbilityReason' }),
    permission: z
      .string()
      .nullable()
      .meta({ description: 'What a role of the workspace needs for it; null: none can have it' }),
    explanation: z.string().meta({ description: 'One sentence in English' }),
  })
  .meta({
    id: 'ExplainedAbility',
    example: {
      allowed: false,
      reason: 'role',
      permission: 'tickets.reply',
      explanation: 'Your role does not allow this: it needs the permission tickets.reply.',
    },
  });
type AbilityView = z.infer<typeof AbilityView>;

/** May I, and if not, why not? */
@ApiTags('sign-in')
@Controller('me/abilities')
export class AbilitiesController {
  constructor(@Inject(ExplainAbility) private readonly abilities: ExplainAbility) {}

  @QueryEndpoint({
    name: 'explainAbility',
    summary: 'Whether I may do something, to a kind of thing or one ticket, and what is missing if not',
    answers: AbilityView,
  })
  @Can('read', 'Session')
  explainAbility(
    @Query({ schema: ExplainAbilityQuery }) asked: ExplainAbilityQuery,
    @CurrentMember() member: Principal,
    @CurrentAsker() asker: Asker,
  ): Promise<AbilityView> {
    return this.abilities.explain(member, asker, asked);
  }
}
