import type { Recorded } from '@ledgerdesk/kernel';

/** What an event changes about the effects of one reaction. */
export type EffectChange =
  | {
      readonly kind: 'perform';
      /** What the effect is about, usually the id of an aggregate; cancelling goes by it. */
      readonly subject: string;
      /** RFC 3339 instant; absent = at once. */
      readonly due?: string;
    }
  | {
      /** Every effect of this reaction and subject that has not been performed yet is dropped. */
      readonly kind: 'cancel';
      readonly subject: string;
    };

/** One thing to do because of one event. */
export interface Effect {
  readonly reaction: string;
  readonly eventId: string;
  readonly workspaceId: string;
  /** Where the event stands. */
  readonly stream: string;
  readonly revision: number;
  readonly subject: string;
  readonly due: Date;
  /** Fixed when the effect was planned: a Message-ID or webhook-id derives from it, so a second try is recognised outside. */
  readonly outwardId: string;
  readonly correlationId: string;
  /** 1 at the first try. */
  readonly attempt: number;
}

/** What a reaction may use while it performs. */
export interface EffectTools {
  /**
   * Executes a command as `system:<reaction>` with a command id that derives from the effect, so that however often the effect
   * runs, its events are appended once. A refusal by the decider (`DomainError`) ends the effect: the world moved on.
   */
  readonly issue: (command: object) => Promise<void>;
}

/**
 * "When X happens, do Y": follows the ledger and never the memory of a process. Planning an effect and passing its event are one
 * transaction; performing it is at least once. Imported events never reach a reaction.
 */
export interface Reaction {
  /** A sentence in kebab-case: `close-solved-ticket`. */
  readonly name: string;
  /** Categories of the streams it reads. */
  readonly categories: readonly string[];
  /**
   * Set when what it does leaves the house: mail, push, webhook. Such a reaction never acts on history that was taken over from another
   * installation, which has done it. All others act by commands; for them what was done there is in the ledger, and they find it.
   */
  readonly outward?: true;
  /** Pure, never throws for business. At most one `perform` per event; changes apply in their order. */
  effectsOf(event: Recorded): readonly EffectChange[];
  /** Does it. An error (other than a `DomainError`) means that it is tried again later. */
  perform(effect: Effect, tools: EffectTools): Promise<void>;
}
