import { type Actor, newId, Personal, type Recorded } from '@ledgerdesk/kernel';
import type { TicketEvent, TicketOpened, TicketSolved } from './ticket.events.js';
import type { TicketStatus } from './ticket.js';

export const WORKSPACE = '00000000-0000-7000-8000-000000000001';
export const KEY = '00000000-0000-7000-8000-00000000000c';
export const CUSTOMER = '00000000-0000-7000-8000-00000000000c';
export const TICKET = '00000000-0000-7000-8000-00000000000a';

/** What the workspace of the stories has set; two lengths, so that nobody takes one for the other. */
export const POLICY = { reopenWindowDays: 7, autoCloseDays: 10 };

/** A ticket that was solved at `at` (RFC 3339). */
export function solvedAt(at = '2026-03-02T12:00:00.000Z', from: TicketStatus = 'open'): TicketSolved {
  const after = (days: number): string => new Date(Date.parse(at) + days * 86_400_000).toISOString();
  const reopenUntil = after(POLICY.reopenWindowDays);
  return { type: 'TicketSolved', data: { from, reopenUntil, closeAt: after(POLICY.autoCloseDays) } };
}

/** A text about the requester of the ticket. */
export function about(text: string): Personal {
  return new Personal(KEY, text);
}

/** How every story of a ticket begins. */
export function opened(data: Partial<TicketOpened['data']> = {}): TicketOpened {
  return {
    type: 'TicketOpened',
    data: {
      ticketId: TICKET,
      number: 1042,
      requester: { customerId: CUSTOMER, keyId: KEY, name: about('Ada Lovelace'), address: about('ada@example.org') },
      subject: about('Printer on fire'),
      body: about('It burns.'),
      channel: 'web',
      priority: 'normal',
      category: null,
      subcategory: null,
      tags: [],
      customFields: {},
      externalId: null,
      followUpOf: null,
      ...data,
    },
  };
}

export interface Telling {
  readonly workspaceId?: string;
  readonly actor?: Actor;
  /** Instant of the first event, RFC 3339; each later one happens a second after the one before. */
  readonly from?: string;
  readonly firstRevision?: number;
}

/** The events of one ticket as the ledger would give them back. */
export function recorded(events: readonly TicketEvent[], telling: Telling = {}): readonly Recorded<TicketEvent>[] {
  const {
    workspaceId = WORKSPACE,
    actor = 'member:m1',
    from = '2026-03-02T12:00:00.000Z',
    firstRevision = 0,
  } = telling;
  const first = events.find((event): event is TicketOpened => event.type === 'TicketOpened');
  const stream = `ticket-${workspaceId.replaceAll('-', '')}_${first?.data.ticketId ?? TICKET}`;
  return events.map((event, index) => {
    const at = new Date(Date.parse(from) + index * 1_000).toISOString();
    return {
      ...event,
      id: newId(),
      stream,
      revision: firstRevision + index,
      position: String(firstRevision + index + 1),
      metadata: {
        workspaceId,
        actor,
        cause: 'command:Told',
        commandId: 'told',
        correlationId: 'told',
        v: '1',
        occurredAt: at,
        recordedAt: at,
        previousHash: '',
        hash: '',
      },
    };
  });
}
