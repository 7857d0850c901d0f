import { DomainError, nameId, type CommandContext } from '@ledgerdesk/kernel';
import type { Connections } from '@ledgerdesk/read-store';
import { beginEffect, type EffectPointer, endEffect, MOST_ATTEMPTS, postponeEffect } from './effect-table.js';
import type { Effect, Reaction } from './reaction.js';
import { NONE_REST, type RestingWorkspaces } from './resting-workspaces.js';

export interface EffectPerformerOptions {
  readonly reactions: readonly Reaction[];
  /** Connections of the role `ld_project`. */
  readonly connections: Connections;
  /** None by default. */
  readonly resting?: RestingWorkspaces;
  /** Executes a command; rejects with the `DomainError` of a refusal. */
  readonly execute: (command: object, context: CommandContext) => Promise<unknown>;
  /** An effect was given up and a person must look at it. */
  readonly onGivenUp: (effect: Effect, error: Error) => void;
}

/** Not a refusal: too many writers at the same time. */
const LOST_RACES = 'version.busy';

/** Performs one effect after the queue pointed to it. */
export class EffectPerformer {
  private readonly reactions: ReadonlyMap<string, Reaction>;

  constructor(private readonly options: EffectPerformerOptions) {
    this.reactions = new Map(options.reactions.map((reaction) => [reaction.name, reaction]));
  }

  /** Safe to call twice for one pointer, also at the same time. */
  async perform(pointer: EffectPointer): Promise<void> {
    const reaction = this.reactions.get(pointer.reaction);
    if (!reaction) return;
    const { connections, resting = NONE_REST } = this.options;
    const effect = await connections.use(async (sql) => beginEffect(sql, pointer, await resting(sql)));
    if (!effect) return;
    try {
      await reaction.perform(effect, { issue: (command) => this.issue(command, effect) });
    } catch (error) {
      await this.failed(effect, error instanceof Error ? error : new Error(String(error)));
      return;
    }
    await connections.use((sql) => endEffect(sql, pointer, 'done', null));
  }

  private async issue(command: object, effect: Effect): Promise<void> {
    await this.options.execute(command, {
      workspaceId: effect.workspaceId,
      actor: `system:${effect.reaction}`,
      cause: `job:${effect.reaction}`,
      commandId: nameId('reaction', effect.reaction, effect.eventId),
      correlationId: effect.correlationId,
      causationId: effect.eventId,
    });
  }

  private async failed(effect: Effect, error: Error): Promise<void> {
    const { connections, onGivenUp } = this.options;
    if (error instanceof DomainError && error.code !== LOST_RACES) {
      await connections.use((sql) => endEffect(sql, effect, 'obsolete', error.code));
    } else if (effect.attempt < MOST_ATTEMPTS) {
      await connections.use((sql) => postponeEffect(sql, effect, error.name));
    } else {
      await connections.use((sql) => endEffect(sql, effect, 'failed', error.name));
      onGivenUp(effect, error);
    }
  }
}
