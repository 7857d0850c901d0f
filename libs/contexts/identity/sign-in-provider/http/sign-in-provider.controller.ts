import { Body, Controller, Inject } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Can, CurrentMember, FreshProof, type Principal } from '@ledgerdesk/auth';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { type CommandResult, IssuedBy } from '@ledgerdesk/event-store';
import { Answer, CommandEndpoint, generalProblems, Issued, QueryEndpoint } from '@ledgerdesk/http';
import type { CommandContext } from '@ledgerdesk/kernel';
import { Directory } from '@ledgerdesk/workspaces';
import { RemoveSignInProvider } from '../domain/sign-in-provider.commands.js';
import type { SignInProviderEvent } from '../domain/sign-in-provider.events.js';
import type { ProviderSettings } from '../domain/sign-in-provider.js';
import { ProviderDirectory } from '../provider-directory.js';
import { redirectUri } from '../redirect-uri.js';
import { SetUpSignInProvider } from '../set-up-provider.js';
import { signInProviderProblems as problems } from '../sign-in-provider.problems.js';
import {
  ConfigureSignInProviderBody,
  settingsOf,
  SignInProviderView,
  signInProviderView,
  versionOf,
} from './sign-in-provider.schemas.js';

/** The provider that members of the own workspace sign in with. */
@ApiTags('workspace')
@Controller('workspace/sign-in-provider')
export class SignInProviderController {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(ProviderDirectory) private readonly providers: ProviderDirectory,
    @Inject(Directory) private readonly workspaces: Directory,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  @Can('read', 'SignInProvider')
  @QueryEndpoint({
    name: 'getSignInProvider',
    summary: 'The OpenID Connect provider of the workspace, without its secret, and what to enter at the provider',
    answers: SignInProviderView,
  })
  async getSignInProvider(@CurrentMember() { workspaceId }: Principal): Promise<Answer<SignInProviderView>> {
    const provider = await this.providers.of(workspaceId);
    return new Answer(await this.#view(workspaceId, provider?.settings), versionOf(provider));
  }

  /** Remembers no request: a row of it would hold a quick digest of the secret. It is safe to repeat all the same. */
  @Can('configure', 'SignInProvider')
  @CommandEndpoint({
    name: 'configureSignInProvider',
    method: 'put',
    summary: 'Set up the provider; one that is to be used is asked about itself first',
    guarded: true,
    answers: SignInProviderView,
    problems: [...Object.values(problems), generalProblems.stepUpRequired],
  })
  @FreshProof()
  async configureSignInProvider(
    @Body({ schema: ConfigureSignInProviderBody }) body: ConfigureSignInProviderBody,
    @Issued() issued: CommandContext,
  ): Promise<Answer<SignInProviderView>> {
    return this.#changed(new SetUpSignInProvider(issued.workspaceId, settingsOf(body), body.clientSecret), issued);
  }

  @Can('configure', 'SignInProvider')
  @CommandEndpoint({
    name: 'removeSignInProvider',
    method: 'delete',
    summary: 'Forget the provider and its secret; sessions that it opened go on',
    answers: SignInProviderView,
    problems: [generalProblems.stepUpRequired],
  })
  @FreshProof()
  async removeSignInProvider(@Issued() issued: CommandContext): Promise<Answer<SignInProviderView>> {
    return this.#changed(new RemoveSignInProvider(issued.workspaceId), issued);
  }

  async #changed(
    command: SetUpSignInProvider | RemoveSignInProvider,
    issued: CommandContext,
  ): Promise<Answer<SignInProviderView>> {
    const { state, version, position } = await this.commands.execute<
      object,
      CommandResult<ProviderSettings | undefined, SignInProviderEvent>
    >(command, new IssuedBy(issued));
    return new Answer(await this.#view(issued.workspaceId, state), { version, position });
  }

  async #view(workspaceId: string, settings: ProviderSettings | undefined): Promise<SignInProviderView> {
    const workspace = await this.workspaces.workspace(workspaceId);
    return signInProviderView(redirectUri(this.configuration.http.publicUrl, workspace?.slug ?? ''), settings);
  }
}
