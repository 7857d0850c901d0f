import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type CommandResult, CommandRunner, IssuedBy } from '@ledgerdesk/event-store';
import { ProblemError } from '@ledgerdesk/http';
import { DomainError } from '@ledgerdesk/kernel';
import { AddressRefused, CallsBusy } from '@ledgerdesk/outbound';
import { Directory } from '@ledgerdesk/workspaces';
import { ConfigureSignInProvider, RemoveSignInProvider } from './domain/sign-in-provider.commands.js';
import { signInProviderDecider } from './domain/sign-in-provider.decider.js';
import type { SignInProviderEvent } from './domain/sign-in-provider.events.js';
import type { ProviderSettings } from './domain/sign-in-provider.js';
import { ProviderClient } from './provider-client.js';
import { ProviderDirectory } from './provider-directory.js';
import { ProviderSecrets } from './provider-secrets.js';
import { signInProviderProblems as problems } from './sign-in-provider.problems.js';

type Result = CommandResult<ProviderSettings | undefined, SignInProviderEvent>;

/** The settings as a person enters them: with a secret, or without one to keep the present one. */
export class SetUpSignInProvider {
  constructor(
    readonly workspaceId: string,
    readonly settings: Omit<ProviderSettings, 'secretId'>,
    readonly secret: string | undefined,
  ) {}
}

/** Asks the provider that is to be used about itself, and keeps the secret apart from the event. */
@CommandHandler(SetUpSignInProvider)
export class SetUpSignInProviderHandler implements ICommandHandler<SetUpSignInProvider> {
  constructor(
    @Inject(Directory) private readonly workspaces: Directory,
    @Inject(ProviderDirectory) private readonly providers: ProviderDirectory,
    @Inject(ProviderSecrets) private readonly secrets: ProviderSecrets,
    @Inject(ProviderClient) private readonly client: ProviderClient,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  /** @throws ProblemError `sign-in-provider.*`, and what the command and the decider refuse */
  async execute(command: SetUpSignInProvider): Promise<Result> {
    const { workspaceId, settings } = command;
    const workspace = await this.workspaces.workspace(workspaceId);
    if (!workspace) throw new DomainError('not-found', 'workspace.not-found', 'There is no such workspace.');
    const present = (await this.providers.of(workspaceId))?.settings;
    // Whoever may set up a provider may not read its secret: it goes to the issuer that it was entered for, and to no other.
    const kept = present?.issuer === settings.issuer ? present.secretId : undefined;
    const secret = command.secret ?? (kept === undefined ? undefined : await this.secrets.read(workspaceId, kept));
    if (secret === undefined) throw new ProblemError(problems.secretRequired);
    const checked = new ConfigureSignInProvider(workspaceId, { ...settings, secretId: kept ?? '' }).settings;
    if (checked.enabled) await this.#reach(workspaceId, checked, secret);
    const secretId = await this.secrets.keep({ id: workspaceId, slug: workspace.slug }, secret, kept);
    const result = await this.runner.run(
      signInProviderDecider,
      new ConfigureSignInProvider(workspaceId, { ...settings, secretId }),
      IssuedBy.of(command).command,
    );
    await this.secrets.forgetOthers(workspaceId, result.state?.secretId ?? secretId);
    return result;
  }

  /** One that is off may be unreachable: it must be possible to turn off one that has broken. */
  async #reach(workspaceId: string, { issuer, clientId }: ProviderSettings, secret: string): Promise<void> {
    try {
      await this.client.discover({ workspaceId, issuer, clientId, secret });
    } catch (error) {
      if (error instanceof AddressRefused) throw new ProblemError(problems.issuerInvalid, error.message);
      throw new ProblemError(error instanceof CallsBusy ? problems.busy : problems.unreachable);
    }
  }
}

@CommandHandler(RemoveSignInProvider)
export class RemoveSignInProviderHandler implements ICommandHandler<RemoveSignInProvider> {
  constructor(
    @Inject(ProviderSecrets) private readonly secrets: ProviderSecrets,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
  ) {}

  async execute(command: RemoveSignInProvider): Promise<Result> {
    const result = await this.runner.run(signInProviderDecider, command, IssuedBy.of(command).command);
    // Also when nothing was there to remove: an earlier try may have come no further.
    await this.secrets.forgetAll(command.workspaceId);
    return result;
  }
}
