import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Can, CurrentMember, FreshProof, type Principal } from '@ledgerdesk/auth';
import { type CommandResult, IssuedBy } from '@ledgerdesk/event-store';
import { Answer, CommandEndpoint, generalProblems, IdToCreate, Issued, QueryEndpoint } from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import { ReadStore } from '@ledgerdesk/read-store';
import { CreateApiKey, RevokeApiKey, RollApiKey } from '../domain/api-key.commands.js';
import type { ApiKeyEvent } from '../domain/api-key.events.js';
import type { ApiKey } from '../domain/api-key.js';
import { KeySecrets } from '../keys/key-secrets.js';
import { refuseTooManyKeys } from '../queries/good-keys.js';
import { ListApiKeys } from '../queries/list-api-keys.js';
import { apiKeyProblems as problems } from './api-keys.problems.js';
import { ApiKeyIdPipe } from './api-key-id.pipe.js';
import {
  ApiKeyPage,
  ApiKeyPageQuery,
  CreateApiKeyBody,
  NewApiKey,
  RevokedApiKey,
  RollApiKeyBody,
} from './api-keys.schemas.js';

/**
 * No route here is open to keys, so none can make a wider one. Requests that are answered with a key are not remembered: the answer
 * is the only place where it ever stands. Sent again after an answer was lost, they make another one; the lost one can be revoked.
 */
@ApiTags('api-keys')
@Controller('api-keys')
export class ApiKeysController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(KeySecrets) private readonly secrets: KeySecrets,
    @Inject(ReadStore) private readonly store: ReadStore,
  ) {}

  @QueryEndpoint({
    name: 'listApiKeys',
    summary: 'API keys of the workspace, the newest first',
    answers: ApiKeyPage,
    reads: ['api_keys'],
  })
  @Can('read', 'ApiKey')
  listApiKeys(
    @Query({ schema: ApiKeyPageQuery }) page: ApiKeyPageQuery,
    @CurrentMember() member: Principal,
  ): Promise<Answer<ApiKeyPage>> {
    return this.queries.execute(new ListApiKeys(member.workspaceId, page));
  }

  @CommandEndpoint({
    name: 'createApiKey',
    summary: 'Make an API key; the answer shows it, and nothing ever again',
    status: 201,
    idempotent: false,
    answers: NewApiKey,
    problems: [problems.nameEmpty, problems.expiryPast, problems.tooMany, generalProblems.stepUpRequired],
  })
  @Can('create', 'ApiKey')
  @FreshProof()
  async createApiKey(
    @Body({ schema: CreateApiKeyBody }) wish: CreateApiKeyBody,
    @CurrentMember() { workspaceId, memberId }: Principal,
    @Issued() issued: CommandContext,
    @IdToCreate() id: string,
  ): Promise<Answer<NewApiKey>> {
    await refuseTooManyKeys(this.store, workspaceId);
    const { text, secret } = this.secrets.mint(workspaceId, id);
    const { version, position } = await this.#execute(new CreateApiKey(id, memberId, wish, secret), issued);
    return new Answer({ id, key: text }, { version, position, location: `/api/v1/api-keys/${id}` });
  }

  @CommandEndpoint({
    name: 'rollApiKey',
    path: ':apiKeyId/roll',
    summary: 'Give an API key a new secret; the old one stays good for a while',
    idempotent: false,
    answers: NewApiKey,
    problems: [problems.notFound, problems.notYours, problems.over, generalProblems.stepUpRequired],
  })
  @Can('roll', 'ApiKey')
  @FreshProof()
  async rollApiKey(
    @Param('apiKeyId', ApiKeyIdPipe) id: string,
    @Body({ schema: RollApiKeyBody }) { overlapHours }: RollApiKeyBody,
    @CurrentMember() { workspaceId, memberId }: Principal,
    @Issued() issued: CommandContext,
  ): Promise<Answer<NewApiKey>> {
    const { text, secret } = this.secrets.mint(workspaceId, id);
    const { version, position } = await this.#execute(new RollApiKey(id, memberId, secret, overlapHours), issued);
    return new Answer({ id, key: text }, { version, position });
  }

  @CommandEndpoint({
    name: 'revokeApiKey',
    path: ':apiKeyId/revoke',
    summary: 'End an API key; it is refused within five seconds',
    answers: RevokedApiKey,
    problems: [problems.notFound],
  })
  @Can('revoke', 'ApiKey')
  async revokeApiKey(
    @Param('apiKeyId', ApiKeyIdPipe) id: string,
    @Issued() issued: CommandContext,
  ): Promise<Answer<RevokedApiKey>> {
    const { state, version, position } = await this.#execute(new RevokeApiKey(id), issued);
    return new Answer({ id, revokedAt: state.revokedAt }, { version, position });
  }

  #execute(command: object, issued: CommandContext): Promise<CommandResult<ApiKey, ApiKeyEvent>> {
    return this.commands.execute<object, CommandResult<ApiKey, ApiKeyEvent>>(command, new IssuedBy(issued));
  }
}
