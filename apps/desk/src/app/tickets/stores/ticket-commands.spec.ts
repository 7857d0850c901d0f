import { ApplicationRef } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MATERIAL_ANIMATIONS } from '@angular/material/core';
import { MatDialog } from '@angular/material/dialog';
import { addNote, prioritiseTicket } from '@ledgerdesk/web-api';
import { Toasts } from '@ledgerdesk/web-ui';
import { firstValueFrom } from 'rxjs';
import { entryOf, ticketOf } from '../testing/tickets';
import { asked, deskProviders, settled, signedInAgent } from '../testing/api-at-hand';
import type { LineAtHand } from '../testing/api-at-hand';
import { CurrentTicket } from './current-ticket';
import { TicketCommands } from './ticket-commands';

describe('the open ticket', () => {
  let line: LineAtHand;
  let current: CurrentTicket;
  let commands: TicketCommands;
  let toasts: Toasts;

  const timeline = { data: [entryOf(4), entryOf(3)], page: { next: 'older', hasMore: true } };
  const prioritise = (): Promise<boolean> =>
    commands.set(prioritiseTicket, { priority: 'urgent' }, { priority: 'urgent' });
  const refuse = (status: number, body: object): void => {
    asked('/tickets/t1/prioritise', 'POST').flush(body, { status, statusText: 'x' });
  };

  beforeEach(async () => {
    const desk = deskProviders();
    line = desk.line;
    TestBed.configureTestingModule({
      ...desk,
      providers: [...desk.providers, { provide: MATERIAL_ANIMATIONS, useValue: { animationsDisabled: true } }],
    });
    await signedInAgent();
    current = TestBed.inject(CurrentTicket);
    commands = TestBed.inject(TicketCommands);
    toasts = TestBed.inject(Toasts);
    current.open('t1');
    asked('/tickets/t1').flush({ ...ticketOf(), timeline });
    await settled();
  });

  it('shows a wish at once and the answer when it comes', async () => {
    const accepted = prioritise();
    expect(current.view()?.priority).toBe('urgent');
    expect(current.pending()).toBe(true);
    const request = asked('/tickets/t1/prioritise', 'POST');
    expect(request.request.headers.get('If-Match')).toMatch(/^"4-[\w-]+"$/u);
    request.flush(ticketOf({ priority: 'urgent', version: 5 }));
    expect(await accepted).toBe(true);
    expect(current.view()).toMatchObject({ priority: 'urgent', version: 5 });
    expect(current.pending()).toBe(false);
  });

  it('takes a refused wish back and says why, in the language of the person', async () => {
    const accepted = prioritise();
    refuse(409, { code: 'ticket.closed', detail: 'A closed ticket can not be changed.' });
    expect(await accepted).toBe(false);
    expect(current.view()?.priority).toBe('normal');
    expect(toasts.shown().at(-1)).toMatchObject({ tone: 'refused', text: "A closed ticket can't be changed." });
  });

  it('shows both values when somebody else was faster, and lets the person insist', async () => {
    const accepted = prioritise();
    refuse(412, { code: 'stale', detail: 'x', conflicts: [{ field: 'priority', yours: 'urgent', theirs: 'low' }] });
    expect(await accepted).toBe(false);
    asked('/tickets/t1').flush({ ...ticketOf({ priority: 'low', version: 6 }), timeline });
    await settled();
    const [dialog] = TestBed.inject(MatDialog).openDialogs;
    await TestBed.inject(ApplicationRef).whenStable();
    expect(document.querySelector('mat-dialog-container')?.textContent).toMatch(/Low.*Urgent/su);
    if (dialog === undefined) throw new Error('no dialog');
    const closed = firstValueFrom(dialog.afterClosed());
    dialog.close(true);
    await closed;
    const insisted = asked('/tickets/t1/prioritise', 'POST');
    expect(insisted.request.headers.get('If-Match')).toBe('*');
    insisted.flush(ticketOf({ priority: 'urgent', version: 7 }));
    await settled();
    expect(current.view()).toMatchObject({ priority: 'urgent', version: 7 });
  });

  it('adds without a version, and answers with the refusal', async () => {
    const refusal = commands.add(addNote, { body: 'Asked accounting.' });
    const request = asked('/tickets/t1/notes', 'POST');
    expect(request.request.headers.has('If-Match')).toBe(false);
    request.flush({ code: 'ticket.closed', detail: 'x' }, { status: 409, statusText: 'x' });
    expect(await refusal).toMatchObject({ code: 'ticket.closed' });
  });

  it('follows what others change, but never back in time', () => {
    line.changes.next({
      type: 'X',
      stream: 'ticket-t1',
      version: 5,
      position: 'p',
      at: '',
      patch: { subject: 'Newer' },
    });
    line.changes.next({
      type: 'X',
      stream: 'ticket-t1',
      version: 4,
      position: 'p',
      at: '',
      patch: { subject: 'Older' },
    });
    line.changes.next({
      type: 'X',
      stream: 'ticket-t2',
      version: 9,
      position: 'p',
      at: '',
      patch: { subject: 'Other' },
    });
    expect(current.view()?.subject).toBe('Newer');
  });

  it('holds its story oldest first, each entry once, and reads older pages before it', async () => {
    line.entries.next({ stream: 'ticket-t1', version: 5, position: 'p', entry: entryOf(5) });
    line.entries.next({ stream: 'ticket-t1', version: 5, position: 'p', entry: entryOf(5) });
    void current.readOlder();
    asked('/tickets/t1/timeline').flush({ data: [entryOf(2), entryOf(1)], page: { next: null, hasMore: false } });
    await settled();
    expect(current.timeline().map((entry) => entry.revision)).toEqual([1, 2, 3, 4, 5]);
    expect(current.hasOlder()).toBe(false);
  });

  it('shows a ticket that was open before at once, and watches only the open one', async () => {
    current.open('t2');
    expect(current.view()).toBeUndefined();
    expect(line.watched).toEqual(['t2']);
    asked('/tickets/t2').flush({ ...ticketOf({ id: 't2' }), timeline });
    await settled();
    current.open('t1');
    expect(current.view()?.id).toBe('t1');
    expect(current.timeline()).toHaveLength(2);
    asked('/tickets/t1').flush({ ...ticketOf({ version: 5 }), timeline });
    await settled();
    expect(current.view()?.version).toBe(5);
    current.close();
    expect(line.watched).toEqual([]);
  });

  it('tells a missing ticket from a broken line', async () => {
    current.open('t3');
    asked('/tickets/t3').flush({ code: 'ticket.not-found' }, { status: 404, statusText: 'x' });
    await settled();
    expect(current.problem()?.status).toBe(404);
  });
});
