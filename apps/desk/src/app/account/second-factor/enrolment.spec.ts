import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { asked, deskProviders, settled } from '../../tickets/testing/api-at-hand';
import { Enrolment } from './enrolment';

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const address = `otpauth://totp/Ledgerdesk:agent%40demo.test?secret=${SECRET}&issuer=Ledgerdesk`;

describe('Enrolment', () => {
  let fixture: ComponentFixture<Enrolment>;
  let done: number;
  const page = (): HTMLElement => fixture.nativeElement as HTMLElement;

  async function calm(): Promise<void> {
    await settled();
    await fixture.whenStable();
  }

  async function write(id: string, text: string): Promise<void> {
    const field = page().querySelector<HTMLInputElement>(`#${id}`) ?? document.createElement('input');
    field.value = text;
    field.dispatchEvent(new Event('input'));
    await calm();
    page().querySelector<HTMLButtonElement>('button[type=submit]')?.click();
    await calm();
  }

  beforeEach(async () => {
    TestBed.configureTestingModule(deskProviders());
    fixture = TestBed.createComponent(Enrolment);
    done = 0;
    fixture.componentInstance.done.subscribe(() => done++);
    await fixture.whenStable();
  });

  it('asks for the password, shows the secret to camera and eye, and tells the backup codes before it is done', async () => {
    await write('enrolment-password', 'the old one');
    const begun = asked('/me/second-factor/begin', 'POST');
    expect(begun.request.body).toEqual({ password: 'the old one' });
    begun.flush({ secret: SECRET, address });
    await calm();
    expect(page().querySelector('.secret code')?.textContent).toBe('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ');
    expect(page().querySelector('ld-qr-code path')?.getAttribute('d')).toMatch(/^(?:M\d+ \d+h1v1h-1z)+$/u);

    await write('enrolment-code', '287082');
    const confirmed = asked('/me/second-factor/confirm', 'POST');
    expect(confirmed.request.body).toEqual({ code: '287082' });
    confirmed.flush({ backupCodes: ['k3v9x-0q2mz', 'w8c1t-5n7rd'] });
    await calm();
    expect([...page().querySelectorAll('li')].map((line) => line.textContent.trim())).toEqual([
      'k3v9x-0q2mz',
      'w8c1t-5n7rd',
    ]);
    expect(done).toBe(0);
    page().querySelectorAll<HTMLButtonElement>('ld-backup-codes button')[1]?.click();
    expect(done).toBe(1);
  });

  it.each([
    ['proof.refused', 'Password or code is not right.'],
    ['second-factor.on', 'A second factor is set up already. Load the page again.'],
  ])('says %s at the field', async (code, text) => {
    await write('enrolment-password', 'wrong');
    asked('/me/second-factor/begin', 'POST').flush({ code }, { status: 422, statusText: 'x' });
    await calm();
    expect(page().querySelector('#enrolment-password-help')?.textContent).toContain(text);
  });
});
