import { Component, signal } from '@angular/core';
import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import type { HarnessLoader } from '@angular/cdk/testing';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
import type { LedgerEvent } from '@ledgerdesk/web-api';
import { deskProviders } from '../../testing/api-at-hand';
import { dayMarks, tickPaths } from './slider-marks';
import { TimeSlider } from './time-slider';

const eventOf = (revision: number, type: string, occurredAt = '2026-11-20T09:30:00.000Z'): LedgerEvent => ({
  id: `e${revision}`,
  stream: 'ticket-t1',
  type,
  revision,
  position: `p${revision}`,
  actor: 'member:me',
  cause: 'command:X',
  commandId: 'c',
  occurredAt,
  recordedAt: occurredAt,
  imported: false,
  hash: 'h',
  previousHash: 'g',
  data: {},
});
const EVENTS = ['TicketOpened', 'TicketAssigned', 'PublicReplySent', 'NoteAdded'].map((type, index) =>
  eventOf(index, type),
);

@Component({
  imports: [TimeSlider],
  template: `<ld-time-slider [events]="events" [index]="index()" label="Assigned, Maya" (moved)="index.set($event)" />`,
})
class Screen {
  readonly events = EVENTS;
  readonly index = signal(3);
}

describe('the time slider', () => {
  let fixture: ComponentFixture<Screen>;
  let loader: HarnessLoader;

  beforeEach(() => {
    TestBed.configureTestingModule(deskProviders());
    fixture = TestBed.createComponent(Screen);
    loader = TestbedHarnessEnvironment.loader(fixture);
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  const press = async (name: string): Promise<void> =>
    (await loader.getHarness(MatButtonHarness.with({ selector: `[aria-label="${name}"]` }))).click();
  const isDisabled = async (name: string): Promise<boolean> =>
    (await loader.getHarness(MatButtonHarness.with({ selector: `[aria-label="${name}"]` }))).isDisabled();
  const range = (): HTMLInputElement => {
    const input = (fixture.nativeElement as HTMLElement).querySelector<HTMLInputElement>('input[type=range]');
    if (input === null) throw new Error('no slider');
    return input;
  };

  it('steps one event at a time and stops at both ends', async () => {
    expect(await isDisabled('Next event')).toBe(true);
    await press('Event before');
    expect(fixture.componentInstance.index()).toBe(2);
    await press('First event');
    expect(fixture.componentInstance.index()).toBe(0);
    expect(await isDisabled('Event before')).toBe(true);
    await press('Newest event');
    expect(fixture.componentInstance.index()).toBe(3);
  });

  it('follows dragging, and tells where it stands to those who do not see it', async () => {
    await fixture.whenStable();
    range().value = '1';
    range().dispatchEvent(new Event('input'));
    await fixture.whenStable();
    expect(fixture.componentInstance.index()).toBe(1);
    expect(range().getAttribute('aria-valuetext')).toContain('2 of 4: Assigned, Maya');
  });

  it('plays from the beginning to the newest event and pauses there', async () => {
    await fixture.whenStable();
    jest.useFakeTimers({ doNotFake: ['setTimeout', 'queueMicrotask', 'requestAnimationFrame'] });
    await press('Play the history');
    expect(fixture.componentInstance.index()).toBe(0);
    for (const expected of [1, 2, 3, 3]) {
      jest.advanceTimersByTime(900);
      await fixture.whenStable();
      expect(fixture.componentInstance.index()).toBe(expected);
    }
    expect(await isDisabled('Play the history')).toBe(false);
  });
});

describe('the marks of a slider', () => {
  it('are one shape per voice, however long the history is', () => {
    const long = Array.from({ length: 2000 }, (_, index) =>
      eventOf(index, index % 2 === 0 ? 'NoteAdded' : 'TicketTagged'),
    );
    expect(tickPaths(long).map(({ tone }) => tone)).toEqual(['note', 'fact']);
    expect(tickPaths(EVENTS).map(({ tone }) => tone)).toEqual(['customer', 'fact', 'reply', 'note']);
  });

  it('name a new day only where there is room', () => {
    const day = (index: number): string => new Date(Date.UTC(2026, 10, 1 + index, 12)).toISOString();
    const marks = dayMarks(Array.from({ length: 101 }, (_, index) => eventOf(index, 'TicketTagged', day(index))));
    expect(marks.map(({ percent }) => percent)).toEqual([16, 32, 48, 64, 80]);
    expect(dayMarks(EVENTS)).toEqual([]);
    expect(dayMarks([])).toEqual([]);
  });
});
