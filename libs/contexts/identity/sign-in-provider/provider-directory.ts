import { type EventCodec, type EventStore, StreamNotFound, streamName } from '@ledgerdesk/event-store';
import { fold, type Recorded } from '@ledgerdesk/kernel';
import { signInProviderDecider } from './domain/sign-in-provider.decider.js';
import type { SignInProviderEvent } from './domain/sign-in-provider.events.js';
import type { ProviderSettings } from './domain/sign-in-provider.js';

export interface VersionedProvider {
  readonly settings: ProviderSettings;
  /** Revision of its last event. */
  readonly version: number;
}

/** Providers straight from the ledger: who turns one off must not wait for a read model. */
export class ProviderDirectory {
  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
  ) {}

  async of(workspaceId: string): Promise<VersionedProvider | undefined> {
    try {
      const stored = await this.store.read(streamName(signInProviderDecider.category, workspaceId, workspaceId));
      const events = this.codec.sealedView(stored) as readonly Recorded<SignInProviderEvent>[];
      const settings = fold(signInProviderDecider, events);
      return settings && { settings, version: stored.length - 1 };
    } catch (error) {
      if (error instanceof StreamNotFound) return undefined;
      throw error;
    }
  }
}
