import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import type { Workspace } from '@ledgerdesk/web-api';
import { asked, deskProviders, settled } from '../../tickets/testing/api-at-hand';
import { SecurityPage } from './security-page';

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

describe('the page of the security policy', () => {
  let fixture: ComponentFixture<SecurityPage>;
  const page = (): HTMLElement => fixture.nativeElement as HTMLElement;
  const save = (): HTMLButtonElement =>
    page().querySelector<HTMLButtonElement>('button[type=submit]') ?? document.createElement('button');

  async function calm(): Promise<void> {
    await settled();
    await fixture.whenStable();
  }

  beforeEach(async () => {
    TestBed.configureTestingModule(deskProviders());
    fixture = TestBed.createComponent(SecurityPage);
    asked('/workspace').flush(northwind, { headers: { ETag: '"3-abc"' } });
    asked('/me/second-factor').flush({ since: null, backupCodesLeft: 0 });
    await calm();
  });

  it('says what it means for who changes it, and sends it based on what was read', async () => {
    expect(save().disabled).toBe(true);
    page().querySelector<HTMLInputElement>('input[value=required]')?.click();
    await calm();
    expect(page().querySelector('.you')?.textContent).toContain('You have no second factor yourself');
    save().click();
    await settled();
    const request = asked('/workspace/security', 'POST');
    expect(request.request.body).toEqual({ secondFactor: 'required' });
    expect(request.request.headers.get('If-Match')).toBe('"3-abc"');
    request.flush({ ...northwind, secondFactor: 'required' }, { headers: { ETag: '"4-def"' } });
    await calm();
    expect(save().disabled).toBe(true);
    expect(page().querySelector<HTMLInputElement>('input[value=required]')?.checked).toBe(true);
  });

  it('shows what somebody else has chosen meanwhile', async () => {
    page().querySelector<HTMLInputElement>('input[value=required]')?.click();
    await calm();
    save().click();
    await settled();
    asked('/workspace/security', 'POST').flush({ code: 'request.stale' }, { status: 412, statusText: 'x' });
    await settled();
    asked('/workspace').flush({ ...northwind, secondFactor: 'required' }, { headers: { ETag: '"5-xyz"' } });
    await calm();
    expect(save().disabled).toBe(true);
  });
});
