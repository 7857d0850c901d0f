import { Location } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { asked, deskProviders, settled } from '../tickets/testing/api-at-hand';
import { PasswordResetPage } from './password-reset-page';

describe('PasswordResetPage', () => {
  let fixture: ComponentFixture<PasswordResetPage>;
  const page = (): HTMLElement => fixture.nativeElement as HTMLElement;

  const open = async (url: string): Promise<void> => {
    TestBed.configureTestingModule(deskProviders());
    TestBed.inject(Location).go(url);
    fixture = TestBed.createComponent(PasswordResetPage);
    await fixture.whenStable();
  };
  const write = async (text: string): Promise<void> => {
    const input = page().querySelector('input');
    if (!input) throw new Error('There is nothing to write into.');
    input.value = text;
    input.dispatchEvent(new Event('input'));
    await fixture.whenStable();
    page().querySelector<HTMLButtonElement>('button[type=submit]')?.click();
    await settled();
  };
  const rest = async (): Promise<void> => {
    await settled();
    await fixture.whenStable();
  };

  it('asks for a link, and says the same whatever the address is', async () => {
    await open('/reset');
    await write(' agent@demo.test ');
    const request = asked('/auth/password-reset', 'POST');
    expect(request.request.body).toEqual({ email: 'agent@demo.test', language: 'en' });
    request.flush(null, { status: 202, statusText: 'x' });
    await rest();
    expect(page().querySelector('h1')?.textContent).toBe('Look into your mail');
    expect(page().querySelector('input')).toBeNull();
  });

  it('B17 takes the token out of the address, and sends it with the new password', async () => {
    await open('/reset#abc.def');
    expect(TestBed.inject(Location).path(true)).toBe('/reset');
    await write('three quiet boats at noon');
    const request = asked('/auth/password-reset/complete', 'POST');
    expect(request.request.body).toEqual({ token: 'abc.def', password: 'three quiet boats at noon' });
    request.flush(null, { status: 204, statusText: 'x' });
    await rest();
    expect(page().querySelector('h1')?.textContent).toBe('Your password was changed');
    expect(page().querySelector('a')?.getAttribute('href')).toBe('/sign-in');
  });

  it('says at the field that another password is wanted', async () => {
    await open('/reset#abc.def');
    await write('password1234');
    const refusal = JSON.stringify({ code: 'password.too-common' });
    asked('/auth/password-reset/complete', 'POST').flush(refusal, { status: 422, statusText: 'x' });
    await rest();
    expect(page().querySelector('#new-password-help')?.textContent).toContain('one of the first that everybody tries');
  });

  it('leads from a link that is not good any more to a new one', async () => {
    await open('/reset#abc.def');
    await write('three quiet boats at noon');
    const refusal = JSON.stringify({ code: 'password-reset.void' });
    asked('/auth/password-reset/complete', 'POST').flush(refusal, { status: 422, statusText: 'x' });
    await rest();
    expect(page().querySelector('[role=alert]')?.textContent).toContain('not good any more');
    page().querySelector<HTMLButtonElement>('form > button')?.click();
    await fixture.whenStable();
    expect(page().querySelector('input[type=email]')).not.toBeNull();
  });
});
