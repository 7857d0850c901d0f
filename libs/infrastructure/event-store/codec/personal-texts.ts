import { ERASED } from '@ledgerdesk/kernel';
import type { KeyRing } from '../keys/key-ring.js';
import { type Envelope, openText, sealText } from './envelope.js';

/** Where a personal text is kept outside the ledger. It is authenticated with the text. */
export interface TextPlace {
  readonly workspaceId: string;
  /** What keeps it, e.g. `draft`. */
  readonly keeper: string;
  /** Id of the row. */
  readonly id: string;
}

/** Personal texts in Postgres state that is no event, under the same keys as the ledger: an erasure reaches them too. */
export class PersonalTexts {
  constructor(private readonly keys: Pick<KeyRing, 'forOpening' | 'forSealing'>) {}

  /** @throws DomainError `person.erased` when the key was destroyed */
  async seal(place: TextPlace, keyId: string, text: string): Promise<string> {
    const key = (await this.keys.forSealing(place.workspaceId, [keyId])).get(keyId);
    if (!key) throw new TypeError('There is no key to seal with.');
    return JSON.stringify(sealText(text, keyId, key, envelopePlace(place)));
  }

  /** The text; null once the person it is about was erased. */
  async open(place: TextPlace, sealed: string): Promise<string | null> {
    const envelope = JSON.parse(sealed) as Envelope;
    const keys = await this.keys.forOpening([{ workspaceId: place.workspaceId, keyId: envelope.keyId }], {
      fresh: true,
    });
    const key = keys.get(place.workspaceId, envelope.keyId);
    return key === ERASED ? null : openText(envelope, key, envelopePlace(place));
  }
}

function envelopePlace({ workspaceId, keeper, id }: TextPlace): Parameters<typeof openText>[2] {
  return { workspaceId, stream: keeper, eventId: id, fieldPath: '' };
}
