import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
import { MatInputHarness } from '@angular/material/input/testing';
import { Router } from '@angular/router';
import { agent, asked, deskProviders, settled } from '../tickets/testing/api-at-hand';
import { SignIn } from './sign-in';

describe('SignIn', () => {
  let fixture: ComponentFixture<SignIn>;
  let wentTo: jest.SpyInstance;

  const submit = async (): Promise<void> => {
    const loader = TestbedHarnessEnvironment.loader(fixture);
    const [email, password] = await loader.getAllHarnesses(MatInputHarness);
    await email?.setValue('agent@demo.test');
    await password?.setValue('ledgerdesk-demo');
    await (await loader.getHarness(MatButtonHarness.with({ text: 'Sign in' }))).click();
  };

  beforeEach(() => {
    localStorage.clear();
    TestBed.configureTestingModule(deskProviders());
    wentTo = jest.spyOn(TestBed.inject(Router), 'navigateByUrl').mockResolvedValue(true);
    fixture = TestBed.createComponent(SignIn);
    asked('/auth/options').flush({ demoLogins: [{ email: 'auditor@demo.test', password: 'p', role: 'auditor' }] });
  });

  it.each([
    [undefined, '/tickets'],
    ['/tickets/t1?view=mine', '/tickets/t1?view=mine'],
    ['https://evil.example', '/tickets'],
    ['//evil.example', '/tickets'],
    ['/\\evil.example', '/tickets'],
    ['/sign-in?to=/sign-in', '/tickets'],
  ])('afterwards, with to=%s, goes to %s', async (to, place) => {
    fixture.componentRef.setInput('to', to);
    await submit();
    asked('/auth/login', 'POST').flush({ accessToken: 'x', expiresIn: 900, ...agent });
    await settled();
    asked('/me').flush(agent);
    await settled();
    expect(wentTo).toHaveBeenCalledWith(place);
  });

  it.each([
    [401, 'Email or password is not right, or the code is missing.'],
    [429, 'Too many attempts. Wait a few minutes, then try again.'],
    [503, "The desk can't sign you in right now. Try again in a moment."],
  ])('says why on %d', async (status, text) => {
    await submit();
    asked('/auth/login', 'POST').flush({}, { status, statusText: 'x' });
    await settled();
    await fixture.whenStable();
    expect((fixture.nativeElement as HTMLElement).querySelector('[role="alert"]')?.textContent).toContain(text);
    expect(wentTo).not.toHaveBeenCalled();
  });

  it('sends no code unless one was typed, and offers the field to whoever was refused', async () => {
    const field = (): HTMLInputElement | null =>
      (fixture.nativeElement as HTMLElement).querySelector<HTMLInputElement>('input[name=code]');
    await submit();
    const first = asked('/auth/login', 'POST');
    expect(first.request.body).toEqual({ email: 'agent@demo.test', password: 'ledgerdesk-demo' });
    expect(field()).toBeNull();
    first.flush({}, { status: 401, statusText: 'x' });
    await settled();
    await fixture.whenStable();
    const code = field() ?? document.createElement('input');
    code.value = ' 287 082 ';
    code.dispatchEvent(new Event('input'));
    await submit();
    expect(asked('/auth/login', 'POST').request.body).toEqual({
      email: 'agent@demo.test',
      password: 'ledgerdesk-demo',
      code: '287 082',
    });
  });

  it('shows the field at once where a code was used before, or when it is asked for', async () => {
    const page = fixture.nativeElement as HTMLElement;
    await settled();
    await fixture.whenStable();
    page.querySelector<HTMLButtonElement>('button.more')?.click();
    await fixture.whenStable();
    expect(page.querySelector('input[name=code]')).not.toBeNull();
    localStorage.setItem('ledgerdesk.code', 'true');
    const again = TestBed.createComponent(SignIn);
    asked('/auth/options').flush({ demoLogins: [] });
    await again.whenStable();
    expect((again.nativeElement as HTMLElement).querySelector('input[name=code]')).not.toBeNull();
  });

  it('offers the demo logins that the installation has', async () => {
    await settled();
    await fixture.whenStable();
    const login = [...(fixture.nativeElement as HTMLElement).querySelectorAll('button')].find((one) =>
      one.textContent.includes('Auditor'),
    );
    login?.click();
    expect(asked('/auth/login', 'POST').request.body).toEqual({ email: 'auditor@demo.test', password: 'p' });
  });
});
