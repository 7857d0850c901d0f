import { Location } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { asked, deskProviders, settled } from '../tickets/testing/api-at-hand';
import { JoinPage } from './join-page';

const WELCOME = { workspace: 'Northwind', email: 'kim@example.com', role: 'agent', hasAccount: false };
const PASSWORD = 'three quiet boats at noon';

describe('JoinPage', () => {
  let fixture: ComponentFixture<JoinPage>;
  const page = (): HTMLElement => fixture.nativeElement as HTMLElement;
  const heading = (): string => page().querySelector('h1')?.textContent ?? '';

  const rest = async (): Promise<void> => {
    await settled();
    await fixture.whenStable();
  };
  const open = async (url: string): Promise<void> => {
    TestBed.configureTestingModule(deskProviders());
    TestBed.inject(Location).go(url);
    fixture = TestBed.createComponent(JoinPage);
    await fixture.whenStable();
  };
  const write = async (name: string, text: string): Promise<void> => {
    const input = page().querySelector<HTMLInputElement>(`input[name="${name}"]`);
    if (!input) throw new Error(`There is no ${name}.`);
    input.value = text;
    input.dispatchEvent(new Event('input'));
    await fixture.whenStable();
  };
  const submit = async (): Promise<void> => {
    page().querySelector<HTMLButtonElement>('button[type=submit]')?.click();
    await settled();
  };

  it('B17 takes the token out of the address, and makes an account with it', async () => {
    await open('/join#abc.def');
    expect(TestBed.inject(Location).path(true)).toBe('/join');
    const look = asked('/auth/invitation/look', 'POST');
    expect(look.request.body).toEqual({ token: 'abc.def' });
    look.flush(WELCOME);
    await rest();
    expect(heading()).toBe('Join Northwind');
    await write('name', 'Kim Lee');
    await write('new-password', PASSWORD);
    await submit();
    const accept = asked('/auth/invitation/accept', 'POST');
    expect(accept.request.body).toEqual({ token: 'abc.def', name: 'Kim Lee', password: PASSWORD });
    accept.flush(null, { status: 204, statusText: 'x' });
    await rest();
    expect(heading()).toBe('Welcome');
    expect(page().querySelector('a')?.getAttribute('href')).toBe('/sign-in');
  });

  it('asks for the password and the code of an account that there is', async () => {
    await open('/join#abc.def');
    asked('/auth/invitation/look', 'POST').flush({ ...WELCOME, hasAccount: true });
    await rest();
    await write('name', 'Kim');
    await write('current-password', 'wrong');
    await write('code', '123456');
    await submit();
    const accept = asked('/auth/invitation/accept', 'POST');
    expect(accept.request.body).toEqual({ token: 'abc.def', name: 'Kim', password: 'wrong', code: '123456' });
    const refusal = JSON.stringify({ code: 'invitation.proof-refused' });
    accept.flush(refusal, { status: 422, statusText: 'x' });
    await rest();
    expect(page().querySelector('#current-password-help')?.textContent).toContain('Check the password');
  });

  it.each(['/join#abc.def', '/join'])('says of %s that it leads nowhere', async (url) => {
    await open(url);
    if (url.includes('#')) {
      const refusal = JSON.stringify({ code: 'invitation.void' });
      asked('/auth/invitation/look', 'POST').flush(refusal, { status: 422, statusText: 'x' });
    }
    await rest();
    expect(heading()).toBe('This invitation is not good any more');
    expect(page().querySelector('form')).toBeNull();
  });
});
