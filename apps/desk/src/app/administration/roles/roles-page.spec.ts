import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { MatDialog } from '@angular/material/dialog';
import type { Roles } from '@ledgerdesk/web-api';
import { Session } from '@ledgerdesk/web-session';
import { firstValueFrom } from 'rxjs';
import { agent, asked, deskProviders, settled, signedInAgent } from '../../tickets/testing/api-at-hand';
import { RolesPage } from './roles-page';

const REFUNDS = 'custom:r';
const roles: Roles = {
  data: [
    {
      id: 'owner',
      name: null,
      permissions: ['tickets.read', 'tickets.reply', 'ledger.read'],
      retired: false,
      members: 1,
    },
    { id: 'agent', name: null, permissions: ['tickets.read', 'tickets.reply'], retired: false, members: 4 },
    { id: REFUNDS, name: 'Refunds', permissions: ['tickets.read'], retired: false, members: 0 },
    { id: 'custom:old', name: 'Old', permissions: ['tickets.read'], retired: true, members: 0 },
  ],
  permissions: [
    { name: 'tickets.read', needs: [] },
    { name: 'tickets.reply', needs: ['tickets.read'] },
    { name: 'ledger.read', needs: ['tickets.read'] },
  ],
};

describe('the page of the roles', () => {
  let fixture: ComponentFixture<RolesPage>;
  const page = (): HTMLElement => fixture.nativeElement as HTMLElement;
  const button = (text: string): HTMLButtonElement =>
    [...document.querySelectorAll('button')].find((each) => each.textContent.trim() === text) ??
    document.createElement('button');

  async function calm(): Promise<void> {
    await settled();
    await fixture.whenStable();
  }

  async function begin(rules: typeof agent.abilities): Promise<void> {
    TestBed.configureTestingModule(deskProviders());
    await signedInAgent();
    const read = TestBed.inject(Session).reread();
    asked('/me').flush({ ...agent, abilities: rules });
    await read;
    fixture = TestBed.createComponent(RolesPage);
    document.body.append(page());
    asked('/roles').flush(roles);
    await calm();
  }

  const managing = [{ action: ['read', 'manage'], subject: 'Role' }];

  it('shows what each role may do and how many have it; retired ones are gone', async () => {
    await begin([{ action: ['read'], subject: 'Role' }]);
    const heads = [...page().querySelectorAll('thead th')].map(({ textContent }) => textContent.trim());
    expect(heads.slice(1).map((text) => text.replace(/\s+/gu, ' '))).toEqual([
      'OwnerMembers: 1',
      'AgentMembers: 4',
      'RefundsMembers: 0',
    ]);
    const reply = [...page().querySelectorAll('tbody tr')].find(({ textContent }) => textContent.includes('Answer'));
    expect([...(reply?.querySelectorAll('td') ?? [])].map(({ textContent }) => textContent.trim())).toEqual([
      expect.stringContaining('allowed') as string,
      expect.stringContaining('allowed') as string,
      expect.stringContaining('not allowed') as string,
    ]);
    expect(page().querySelector('button')).toBeNull();
  });

  it('makes a role of what the person may give, with what that needs', async () => {
    await begin(managing);
    button('New role').click();
    await calm();
    await import('./role-dialog');
    await calm();
    const boxes = [...document.querySelectorAll<HTMLInputElement>('ld-role-dialog input[type=checkbox]')];
    expect(boxes.map(({ disabled }) => disabled)).toEqual([false, false, true]);
    const field = document.querySelector<HTMLInputElement>('ld-role-dialog input[matInput]');
    expect(button('Save').disabled).toBe(true);
    if (field) field.value = 'Answers';
    field?.dispatchEvent(new Event('input'));
    boxes[1]?.click();
    await calm();
    expect(boxes[0]?.checked).toBe(true);
    button('Save').click();
    await settled();
    const request = asked('/roles', 'POST');
    expect(request.request.body).toEqual({ name: 'Answers', permissions: ['tickets.read', 'tickets.reply'] });
    const [dialog] = TestBed.inject(MatDialog).openDialogs;
    const closed = dialog && firstValueFrom(dialog.afterClosed());
    request.flush(roles.data[2] ?? {});
    await settled();
    asked('/roles').flush(roles);
    expect(await closed).toBe(true);
  });
});
