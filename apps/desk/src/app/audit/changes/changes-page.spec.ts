import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import type { ConfigurationChange, ConfigurationComparison } from '@ledgerdesk/web-api';
import { asked, deskProviders, settled, signedInAgent } from '../../tickets/testing/api-at-hand';
import { ConfigurationPage } from '../configuration/configuration-page';
import { ChangesPage } from './changes-page';

const change = (id: string, changes: ConfigurationChange['changes']): ConfigurationChange => ({
  id,
  at: '2026-11-20T09:34:12.000Z',
  actor: 'system:demo',
  cause: 'command:ConfigureWorkspace',
  kind: 'workspace',
  subject: 'w',
  stream: 'workspace-w',
  revision: 3,
  type: 'WorkspaceConfigured',
  hash: 'h',
  changes,
});

describe('the pages of changes', () => {
  let fixture: ComponentFixture<unknown>;
  const page = (): HTMLElement => fixture.nativeElement as HTMLElement;
  const text = (): string => page().textContent.replace(/\s+/gu, ' ');

  async function calm(): Promise<void> {
    await settled();
    await fixture.whenStable();
  }

  beforeEach(async () => {
    TestBed.configureTestingModule(deskProviders());
    await signedInAgent();
  });

  it('say what it was and what it is, in words and with units, and lead to the place in the ledger', async () => {
    fixture = TestBed.createComponent(ChangesPage);
    fixture.componentRef.setInput('kind', 'workspace');
    TestBed.tick();
    const request = asked('/audit/changes');
    expect(request.request.params.get('kind')).toBe('workspace');
    const data = [
      change('e1', [
        { field: 'reopenWindowDays', from: 7, to: 14 },
        { field: 'name', from: { erased: true }, to: 'Northwind' },
        { field: 'unheardOf', from: null, to: true },
      ]),
    ];
    request.flush({ data, page: { next: 'n', hasMore: true } });
    await calm();
    expect(text()).toMatch(/Reopen windowbefore 7 days ?→ ?14 days/u);
    expect(text()).toMatch(/unheardOf ?Yes/u);
    expect(page().querySelector('li a[matIconButton], li a[href*="event=e1"]')?.getAttribute('href')).toContain(
      '/audit?stream=workspace-w&event=e1',
    );
    page().querySelector<HTMLButtonElement>('.more button')?.click();
    const next = asked('/audit/changes');
    expect(next.request.params.get('after')).toBe('n');
    next.flush({ data: [change('e2', [])], page: { next: null, hasMore: false } });
    await calm();
    expect(page().querySelectorAll('li')).toHaveLength(2);
    expect(page().querySelector('.more')).toBeNull();
  });

  it('drop an answer that was overtaken', async () => {
    fixture = TestBed.createComponent(ChangesPage);
    TestBed.tick();
    const first = asked('/audit/changes');
    fixture.componentRef.setInput('q', 'Billing');
    TestBed.tick();
    const second = TestBed.inject(HttpTestingController).expectOne((request) => request.params.get('q') === 'Billing');
    second.flush({ data: [change('new', [])], page: { next: null, hasMore: false } });
    first.flush({ data: [change('old', []), change('older', [])], page: { next: null, hasMore: false } });
    await calm();
    expect(page().querySelectorAll('li')).toHaveLength(1);
  });

  it('put two moments side by side, and mark what differs', async () => {
    fixture = TestBed.createComponent(ConfigurationPage);
    fixture.componentRef.setInput('at', '2026-11-10T00:00:00.000Z');
    fixture.componentRef.setInput('and', '2026-11-20T00:00:00.000Z');
    TestBed.tick();
    const request = asked('/audit/configuration');
    expect(request.request.params.get('at')).toBe('2026-11-10T00:00:00.000Z');
    const side = (value: number | string): NonNullable<ConfigurationComparison['data'][number]['before']> => ({
      value,
      event: `e${String(value)}`,
      hash: 'h',
      since: '2026-11-02T08:00:00.000Z',
    });
    const row = { kind: 'workspace' as const, subject: 'w' };
    request.flush({
      at: '2026-11-10T00:00:00.000Z',
      and: '2026-11-20T00:00:00.000Z',
      data: [
        { ...row, field: 'autoCloseDays', before: side(7), after: side(30) },
        { ...row, field: 'language', before: side('en'), after: side('en') },
        { kind: 'team', subject: 't', field: 'name', before: null, after: side('Billing') },
      ],
      hasMore: false,
    });
    await calm();
    expect(text()).toContain('2 values differ.');
    expect([...page().querySelectorAll('li')].map((li) => li.classList.contains('changed'))).toEqual([
      true,
      false,
      true,
    ]);
    expect(page().querySelector('a[href*="event=e30"]')?.getAttribute('href')).toContain('stream=workspace-w');
  });
});
