import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { asked, deskProviders, settled } from '../../tickets/testing/api-at-hand';
import { PasswordForm } from './password-form';

describe('PasswordForm', () => {
  let fixture: ComponentFixture<PasswordForm>;
  let changed: number;
  const page = (): HTMLElement => fixture.nativeElement as HTMLElement;
  const field = (name: 'current' | 'new'): HTMLInputElement =>
    page().querySelector<HTMLInputElement>(`#${name}-password`) ?? document.createElement('input');

  const write = async (current: string, replacement: string): Promise<void> => {
    for (const [name, text] of [
      ['current', current],
      ['new', replacement],
    ] as const) {
      field(name).value = text;
      field(name).dispatchEvent(new Event('input'));
    }
    await fixture.whenStable();
    page().querySelector<HTMLButtonElement>('button[type=submit]')?.click();
    await settled();
    await fixture.whenStable();
  };

  beforeEach(async () => {
    TestBed.configureTestingModule(deskProviders());
    fixture = TestBed.createComponent(PasswordForm);
    fixture.componentRef.setInput('email', 'agent@demo.test');
    changed = 0;
    fixture.componentInstance.changed.subscribe(() => changed++);
    document.body.append(page());
    await fixture.whenStable();
  });

  it('sends both passwords, forgets them, and says so', async () => {
    await write('the old one', 'three quiet boats at noon');
    const request = asked('/me/password', 'POST');
    expect(request.request.body).toEqual({ current: 'the old one', new: 'three quiet boats at noon' });
    request.flush(null, { status: 204, statusText: 'x' });
    await settled();
    await fixture.whenStable();
    expect([changed, field('current').value, field('new').value]).toEqual([1, '', '']);
  });

  it.each([
    ['password.refused', 422, 'current', 'This is not your current password.'],
    ['password.too-common', 422, 'new', 'This is one of the first that everybody tries.'],
    ['password.about-you', 422, 'new', 'This is your address or the name of the desk.'],
  ] as const)('says %s at the field that is wrong, and goes there', async (code, status, name, text) => {
    await write('the old one', 'three quiet boats at noon');
    asked('/me/password', 'POST').flush(JSON.stringify({ code }), { status, statusText: 'x' });
    await settled();
    await fixture.whenStable();
    expect(page().querySelector(`#${name}-password-help`)?.textContent).toContain(text);
    expect(field(name).getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field(name));
    expect([changed, field('new').value]).toEqual([0, 'three quiet boats at noon']);
  });

  it.each([
    ['password.too-many-attempts', 429, 'Too many attempts. Wait a few minutes, then try again.'],
    ['sign-in.busy', 503, 'Too many people are signing in just now. Try again in a moment.'],
  ])('says %s below the form', async (code, status, text) => {
    await write('the old one', 'three quiet boats at noon');
    asked('/me/password', 'POST').flush(JSON.stringify({ code }), { status, statusText: 'x' });
    await settled();
    await fixture.whenStable();
    expect(page().querySelector('[role=alert]')?.textContent).toContain(text);
  });

  it('asks for a code where there is a second factor, and does not say which of the two was wrong', async () => {
    fixture.componentRef.setInput('wantsCode', true);
    await fixture.whenStable();
    const code = page().querySelector<HTMLInputElement>('#password-code') ?? document.createElement('input');
    code.value = '287082';
    code.dispatchEvent(new Event('input'));
    await write('the old one', 'three quiet boats at noon');
    const request = asked('/me/password', 'POST');
    expect(request.request.body).toEqual({
      current: 'the old one',
      new: 'three quiet boats at noon',
      code: '287082',
    });
    request.flush(JSON.stringify({ code: 'password.refused' }), { status: 422, statusText: 'x' });
    await settled();
    await fixture.whenStable();
    expect(page().querySelector('[role=alert]')?.textContent).toContain('Password or code is not right.');
  });

  it('does not send what is too short', async () => {
    await write('the old one', 'eleven char');
    expect(page().querySelector('#new-password-help')?.textContent).toContain('12 characters');
    expect(document.activeElement).toBe(field('new'));
  });

  it('shows a password while somebody wants to see it', async () => {
    expect(field('new').type).toBe('password');
    page().querySelectorAll<HTMLButtonElement>('button[aria-pressed]')[1]?.click();
    await fixture.whenStable();
    expect([field('new').type, field('current').type]).toEqual(['text', 'password']);
  });
});
