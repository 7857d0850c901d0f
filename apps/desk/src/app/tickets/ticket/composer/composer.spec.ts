import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import type { HarnessLoader } from '@angular/cdk/testing';
import { Component, inject, viewChild } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
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

const timeline = { data: [entryOf(4)], page: { next: null, hasMore: false } };

describe('the composer', () => {
  let fixture: ComponentFixture<Screen>;
  let loader: HarnessLoader;
  let desk: ReturnType<typeof deskProviders>;

  const begin = async (me = agent): Promise<void> => {
    desk = deskProviders();
    TestBed.configureTestingModule(desk);
    await signedInAgent(me);
    fixture = TestBed.createComponent(Screen);
    loader = TestbedHarnessEnvironment.loader(fixture);
    TestBed.inject(CurrentTicket).open('t1');
    asked('/tickets/t1').flush({ ...ticketOf(), timeline });
    await settled();
    await fixture.whenStable();
  };
  const element = (): HTMLElement => fixture.nativeElement as HTMLElement;
  const write = async (mode: 'reply' | 'note', text: string): Promise<void> => {
    fixture.componentInstance.composer().write(mode);
    await fixture.whenStable();
    const field = element().querySelector('textarea');
    if (field === null) throw new Error('no field');
    field.value = text;
    field.dispatchEvent(new Event('input'));
    await fixture.whenStable();
  };
  const press = async (text: RegExp): Promise<void> =>
    (await loader.getHarness(MatButtonHarness.with({ text }))).click();
  const arrive = async (): Promise<void> => {
    desk.line.entries.next({
      stream: 'ticket-t1',
      version: 5,
      position: 'p5',
      entry: entryOf(5, { text: 'It has arrived after all.' }),
    });
    await fixture.whenStable();
  };

  beforeEach(() => {
    localStorage.clear();
  });

  it('makes a reply and a note look and read differently', async () => {
    await begin();
    await write('reply', 'x');
    expect(element().querySelector('.frame.reply .to')?.textContent).toContain('Grace Hopper');
    await write('note', 'y');
    expect(element().querySelector('.frame.reply')).toBeNull();
    expect(element().querySelector('.frame.note .to')?.textContent).toContain('Only your workspace sees it');
    expect(element().querySelector('textarea')?.getAttribute('aria-label')).toContain('note');
  });

  it('sends a reply with what the writer had seen and where the ticket goes', async () => {
    await begin();
    await write('reply', '  It is on its way. ');
    await press(/Send, solve/u);
    const request = asked('/tickets/t1/replies', 'POST');
    expect(request.request.body).toEqual({ body: 'It is on its way.', seenVersion: 4, thenStatus: 'solved' });
    request.flush(ticketOf({ version: 6, status: 'solved' }));
    await settled();
    await fixture.whenStable();
    expect(element().querySelector('textarea')).toBeNull();
  });

  it('never sends a note as a reply', async () => {
    await begin();
    await write('reply', 'for the customer');
    await write('note', 'for us');
    await press(/Add note/u);
    expect(asked('/tickets/t1/notes', 'POST').request.body).toEqual({ body: 'for us' });
  });

  it('holds a reply back when something arrived, shows it, and sends when it was read', async () => {
    await begin();
    await write('reply', 'We are still looking.');
    await arrive();
    await press(/^Send$/u);
    expect(element().querySelector('[role=alert]')?.textContent).toContain('It has arrived after all.');
    await press(/I have read it/u);
    await press(/^Send$/u);
    expect(asked('/tickets/t1/replies', 'POST').request.body).toMatchObject({ seenVersion: 5 });
  });

  it('keeps the text and says why when it is refused', async () => {
    await begin();
    await write('reply', 'Hello');
    await press(/^Send$/u);
    asked('/tickets/t1/replies', 'POST').flush(
      { code: 'ticket.new-message', detail: 'x' },
      { status: 409, statusText: 'x' },
    );
    await settled();
    asked('/tickets/t1').flush({
      ...ticketOf({ version: 5 }),
      timeline: { ...timeline, data: [entryOf(5, { text: 'New!' }), entryOf(4)] },
    });
    await settled();
    await fixture.whenStable();
    expect(element().querySelector('textarea')?.value).toBe('Hello');
    expect(element().querySelector('.arrivals')?.textContent).toContain('New!');
    expect(element().querySelector('.refusal')?.textContent).toContain('Something new arrived');
  });

  it('keeps a draft per ticket in this browser, and forgets it once it was sent', async () => {
    await begin();
    await write('note', 'half a thought');
    TestBed.resetTestingModule();
    await begin();
    expect(element().querySelector<HTMLTextAreaElement>('.note textarea')?.value).toBe('half a thought');
    await press(/Add note/u);
    asked('/tickets/t1/notes', 'POST').flush(ticketOf({ version: 5 }));
    await settled();
    TestBed.resetTestingModule();
    await begin();
    expect(element().querySelector('textarea')).toBeNull();
  });

  it('offers notes only to those who may not reply, and opens no reply for a key', async () => {
    const light = { ...agent, abilities: [{ action: ['read', 'note'], subject: 'Ticket' }] };
    await begin(light);
    expect(element().querySelector('.start.reply')).toBeNull();
    expect(element().querySelector('.start.note')).not.toBeNull();
    fixture.componentInstance.composer().write('reply');
    await fixture.whenStable();
    expect(element().querySelector('textarea')).toBeNull();
  });
});
