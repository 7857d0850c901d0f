import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { MatDialog } from '@angular/material/dialog';
import type { Workspace } from '@ledgerdesk/web-api';
import { firstValueFrom } from 'rxjs';
import { agent, asked, deskProviders, settled, signedInAgent } from '../../tickets/testing/api-at-hand';
import { WorkspacePage } from './workspace-page';

const northwind: Workspace = {
  id: 'w',
  slug: 'northwind',
  name: 'Northwind',
  timeZone: 'Europe/Berlin',
  language: 'en',
  reopenWindowDays: 7,
  autoCloseDays: 7,
  undoSendSeconds: 10,
  agentsSee: 'all_tickets',
  secondFactor: 'optional',
};

describe('the page of the workspace', () => {
  let fixture: ComponentFixture<WorkspacePage>;
  const page = (): HTMLElement => fixture.nativeElement as HTMLElement;
  const save = (): HTMLButtonElement =>
    page().querySelector<HTMLButtonElement>('button[type=submit]') ?? document.createElement('button');

  async function calm(): Promise<void> {
    await settled();
    await fixture.whenStable();
  }

  async function write(name: string, text: string): Promise<void> {
    const field = page().querySelector<HTMLInputElement>(`#${name}`) ?? document.createElement('input');
    field.value = text;
    field.dispatchEvent(new Event('input'));
    await calm();
  }

  beforeEach(async () => {
    TestBed.configureTestingModule(deskProviders());
    await signedInAgent();
    fixture = TestBed.createComponent(WorkspacePage);
    document.body.append(page());
    asked('/workspace').flush(northwind, { headers: { ETag: '"3-abc"' } });
    await calm();
  });

  it('sends what was changed and nothing else, based on the version that was read', async () => {
    expect(save().disabled).toBe(true);
    await write('reopenWindowDays', '14');
    save().click();
    await settled();
    const request = asked('/workspace/configure', 'POST');
    expect(request.request.body).toEqual({ reopenWindowDays: 14 });
    expect(request.request.headers.get('If-Match')).toBe('"3-abc"');
    request.flush({ ...northwind, reopenWindowDays: 14 }, { headers: { ETag: '"4-def"' } });
    await settled();
    asked('/me').flush(agent);
    await calm();
    expect(save().disabled).toBe(true);
  });

  it('offers what agents may see as a choice', async () => {
    const choice = page().querySelector<HTMLSelectElement>('#agentsSee') ?? document.createElement('select');
    expect([...choice.options].map(({ value }) => value)).toEqual(['all_tickets', 'own_teams']);
    choice.value = 'own_teams';
    choice.dispatchEvent(new Event('change'));
    await calm();
    save().click();
    await settled();
    expect(asked('/workspace/configure', 'POST').request.body).toEqual({ agentsSee: 'own_teams' });
  });

  it.each(['366', '-1', '7.5', 'a week', ''])('does not send %j as a number of days', async (text) => {
    await write('autoCloseDays', text);
    expect(save().disabled).toBe(true);
    expect(page().querySelector('#autoCloseDays-hint')?.textContent).toContain('whole number from 0 to 365');
    expect(page().querySelector('#autoCloseDays')?.getAttribute('aria-invalid')).toBe('true');
  });

  it('shows both values when somebody else changed the same setting, and insists when that is wished', async () => {
    await write('name', 'Northwind Ltd');
    save().click();
    await settled();
    const conflicts = [{ field: 'name', yours: 'Northwind Ltd', theirs: 'Southwind' }];
    asked('/workspace/configure', 'POST').flush(
      { code: 'request.stale', detail: 'Somebody changed it.', conflicts },
      { status: 412, statusText: 'x' },
    );
    await settled();
    asked('/workspace').flush({ ...northwind, name: 'Southwind' }, { headers: { ETag: '"4-xyz"' } });
    await calm();
    await import('../../tickets/ticket/dialogs/conflict-dialog');
    await calm();
    const [dialog] = TestBed.inject(MatDialog).openDialogs;
    expect(document.querySelector('ld-conflict-dialog')?.textContent).toContain('Southwind');
    const closed = dialog && firstValueFrom(dialog.afterClosed());
    dialog?.close(true);
    await closed;
    await settled();
    const insisted = asked('/workspace/configure', 'POST');
    expect(insisted.request.headers.get('If-Match')).toBe('*');
    expect(insisted.request.body).toEqual({ name: 'Northwind Ltd' });
  });
});
