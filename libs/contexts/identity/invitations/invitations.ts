import { createHmac } from 'node:crypto';
import { type Configuration, deriveKey } from '@ledgerdesk/config';
import { type EventCodec, type EventStore, readWhole, StreamNotFound, streamName } from '@ledgerdesk/event-store';
import { type Actor, ERASED, fold, type Recorded } from '@ledgerdesk/kernel';
import { emailText } from '../accounts.js';
import { LinkTokens } from '../link-tokens.js';
import { type Invitation, invitationDecider } from './domain/invitation.decider.js';
import type { InvitationEvent } from './domain/invitation.events.js';

/** An invitation with what stands in it for people. */
export interface KnownInvitation extends Invitation {
  /** Null when it can not be read any more. */
  readonly email: string | null;
  /** Who sent the newest link. */
  readonly sentBy: Actor;
}

/** What the link of an invitation names. */
export interface InvitationLink {
  readonly workspaceId: string;
  readonly invitationId: string;
  readonly round: number;
}

const NAME = /^([\da-f-]{36})\.([\da-f-]{36})\.(\d{1,6})$/;

/** Invitations straight from the ledger, and their ids and links. */
export class Invitations {
  readonly #idKey: Buffer;
  readonly #tokens: LinkTokens;

  constructor(
    private readonly store: EventStore,
    private readonly codec: EventCodec,
    { installationKey }: Pick<Configuration, 'installationKey'>,
  ) {
    this.#idKey = deriveKey(installationKey, 'invitation-id');
    this.#tokens = new LinkTokens(deriveKey(installationKey, 'invitation-link'));
  }

  /** One address of one workspace has one stream, whose name tells nobody without the installation's key which address that is. */
  idOf(workspaceId: string, email: string): string {
    const hash = createHmac('sha256', this.#idKey)
      .update(`${workspaceId}\n${emailText(email)}`)
      .digest('hex');
    const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 3) | 8).toString(16);
    const parts = [hash.slice(0, 8), hash.slice(8, 12), `8${hash.slice(13, 16)}`, `${variant}${hash.slice(17, 20)}`];
    return [...parts, hash.slice(20, 32)].join('-');
  }

  async of(workspaceId: string, invitationId: string): Promise<KnownInvitation | undefined> {
    const stored = await this.#read(streamName(invitationDecider.category, workspaceId, invitationId));
    const events = (await this.codec.open(stored)) as readonly Recorded<InvitationEvent>[];
    const invitation = fold(invitationDecider, events);
    const invited = events.findLast((event) => event.type === 'MemberInvited');
    const sent = events.findLast(({ type }) => type === 'MemberInvited' || type === 'InvitationSentAgain');
    if (!invitation || !invited || !sent) return undefined;
    const { text } = invited.data.email;
    return { ...invitation, email: text === ERASED ? null : text, sentBy: sent.metadata.actor };
  }

  tokenOf({ workspaceId, invitationId, round }: InvitationLink): string {
    return this.#tokens.write(`${workspaceId}.${invitationId}.${String(round)}`);
  }

  /** What a link of ours names, `undefined` for anything else. */
  linkOf(token: string): InvitationLink | undefined {
    const [, workspaceId, invitationId, round] = NAME.exec(this.#tokens.read(token) ?? '') ?? [];
    if (workspaceId === undefined || invitationId === undefined) return undefined;
    return { workspaceId, invitationId, round: Number(round) };
  }

  async #read(stream: string): ReturnType<typeof readWhole> {
    try {
      return await readWhole(this.store, stream);
    } catch (error) {
      if (error instanceof StreamNotFound) return [];
      throw error;
    }
  }
}
