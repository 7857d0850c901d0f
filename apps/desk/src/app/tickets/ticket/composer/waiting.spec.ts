import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { Component, inject, viewChild } from '@angular/core';
import type { Me, ScheduledReply } from '@ledgerdesk/web-api';
import { CurrentTicket } from '../../stores/current-ticket';
import { agent, asked, deskProviders, settled, signedInAgent } from '../../testing/api-at-hand';
import { entryOf, ticketOf } from '../../testing/tickets';
import { Composer } from './composer';

@Component({
  imports: [Composer],
  template: `
    @if (current.view(); as ticket) {
      <ld-composer [ticket]="ticket" [entries]="current.timeline()" />
    }
  `,
})
class Screen {
  readonly current = inject(CurrentTicket);
  readonly composer = viewChild.required(Composer);
}

const patient: Me = { ...agent, workspace: { ...agent.workspace, undoSendSeconds: 10 } };
const nothing = { version: 0, reply: '', note: '', seenVersion: null };
const waiting = (more: Partial<ScheduledReply> = {}): ScheduledReply => ({
  id: 'r1',
  ticketId: 't1',
  version: 7,
  state: 'scheduled',
  body: 'Hello',
  thenStatus: null,
  seenVersion: 4,
  sendAt: new Date(Date.now() + 10_000).toISOString(),
  reason: null,
  createdAt: '2026-11-20T09:30:00.000Z',
  updatedAt: '2026-11-20T09:30:00.000Z',
  ...more,
});

describe('replies that wait', () => {
  let fixture: ComponentFixture<Screen>;
  let desk: ReturnType<typeof deskProviders>;

  const stable = async (): Promise<void> => {
    await settled();
    await fixture.whenStable();
  };
  const begin = async (replies: readonly ScheduledReply[], draft: object = nothing): Promise<void> => {
    localStorage.clear();
    desk = deskProviders();
    TestBed.configureTestingModule(desk);
    await signedInAgent(patient);
    fixture = TestBed.createComponent(Screen);
    TestBed.inject(CurrentTicket).open('t1');
    const timeline = { data: [entryOf(4)], page: { next: null, hasMore: false } };
    asked('/tickets/t1').flush({ ...ticketOf(), timeline });
    await stable();
    asked('/scheduled-replies').flush({ data: replies });
    asked('/tickets/t1/draft').flush(draft);
    await stable();
  };
  const element = (): HTMLElement => fixture.nativeElement as HTMLElement;
  const field = (): HTMLTextAreaElement => {
    const found = element().querySelector('textarea');
    if (found === null) throw new Error('no field');
    return found;
  };
  const write = async (text: string): Promise<void> => {
    fixture.componentInstance.composer().write('reply');
    await fixture.whenStable();
    field().value = text;
    field().dispatchEvent(new Event('input'));
    await fixture.whenStable();
  };
  const press = async (text: string): Promise<void> => {
    const button = [...element().querySelectorAll('button')].find((one) => one.textContent.trim() === text);
    if (button === undefined) throw new Error(`no button ${text}`);
    button.click();
    await stable();
  };

  it('are sent after a moment, in which undo brings the text back', async () => {
    await begin([]);
    await write('Hello');
    await press('Send');
    const request = asked('/tickets/t1/scheduled-replies', 'POST');
    expect(request.request.body).toEqual({ body: 'Hello', seenVersion: 4 });
    request.flush(waiting());
    await stable();
    expect(element().querySelector('.waiting .status')?.textContent).toContain('Sending in');
    asked('/tickets/t1/draft', 'PUT').flush(nothing);
    await stable();
    await press('Undo');
    const back = asked('/scheduled-replies/r1/take-back', 'POST');
    expect(back.request.headers.get('If-Match')).toBe('*');
    back.flush({ ...nothing, version: 9, reply: 'Hello' });
    await stable();
    expect(field().value).toBe('Hello');
    expect(element().querySelector('.waiting')).toBeNull();
  });

  it('say why they came back, and are sent all the same by who has seen what arrived', async () => {
    await begin([waiting({ state: 'held', reason: 'ticket.new-message' })]);
    expect(element().querySelector('.waiting [role=alert]')?.textContent).toContain('something arrived');
    await press('Send anyway');
    const request = asked('/scheduled-replies/r1/send', 'POST');
    expect([request.request.body, request.request.headers.get('If-Match')]).toEqual([{ seenVersion: 4 }, '"7-desk"']);
  });

  it('show their refusal in words, and later ones their time', async () => {
    const later = new Date(Date.now() + 86_400_000).toISOString();
    await begin([
      waiting({ state: 'failed', reason: 'ticket.closed' }),
      waiting({ id: 'r2', sendAt: later }),
      waiting({ id: 'r3', ticketId: 'other' }),
    ]);
    const texts = [...element().querySelectorAll('.status')].map((status) => status.textContent.trim());
    expect(texts).toHaveLength(2);
    expect(texts[0]).toContain("A closed ticket can't be changed.");
    expect(texts[1]).toContain('Will be sent');
  });

  it('are read again when another tab or the worker changed one', async () => {
    await begin([waiting()]);
    desk.line.drafts.next({ ticketId: 't1', what: 'reply', version: 0 });
    asked('/scheduled-replies').flush({ data: [] });
    await stable();
    expect(element().querySelector('.waiting')).toBeNull();
  });

  it('K4 a draft that was written on in two tabs shows both texts, and the person chooses', async () => {
    await begin([], { ...nothing, version: 5, reply: 'From the other device' });
    expect(field().value).toBe('From the other device');
    await write('Mine');
    desk.line.drafts.next({ ticketId: 't1', what: 'draft', version: 6 });
    await stable();
    asked('/tickets/t1/draft').flush({ ...nothing, version: 6, reply: 'Theirs' });
    await stable();
    expect(element().querySelector('ld-draft-conflict')?.textContent).toContain('Theirs');
    expect(field().value).toBe('Mine');
    await press('Take that');
    expect(field().value).toBe('Theirs');
    expect(element().querySelector('ld-draft-conflict')).toBeNull();
  });

  it('K4 what is here replaces what is there when the person wants it', async () => {
    await begin([], { ...nothing, version: 5, reply: 'First' });
    await write('Mine');
    desk.line.drafts.next({ ticketId: 't1', what: 'draft', version: 6 });
    await stable();
    asked('/tickets/t1/draft').flush({ ...nothing, version: 6, reply: 'Theirs' });
    await stable();
    await press('Keep what is here');
    const request = asked('/tickets/t1/draft', 'PUT');
    expect([request.request.body, request.request.headers.get('If-Match')]).toEqual([
      { reply: 'Mine', note: '', seenVersion: 4 },
      '"6-desk"',
    ]);
  });
});
