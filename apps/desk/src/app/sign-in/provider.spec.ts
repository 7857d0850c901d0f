import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import { Router } from '@angular/router';
import { agent, asked, deskProviders, settled } from '../tickets/testing/api-at-hand';
import { ProviderAddress } from './provider-address';
import { SignIn } from './sign-in';

describe('signing in with the provider of a workspace', () => {
  let fixture: ComponentFixture<SignIn>;
  let left: jest.SpyInstance;
  let wentTo: jest.SpyInstance;
  const page = (): HTMLElement => fixture.nativeElement as HTMLElement;
  const field = (name: string): HTMLInputElement | null => page().querySelector(`input[name=${name}]`);

  async function shown(inputs: Readonly<Record<string, string>>): Promise<void> {
    fixture = TestBed.createComponent(SignIn);
    for (const [name, value] of Object.entries(inputs)) fixture.componentRef.setInput(name, value);
    await fixture.whenStable();
  }

  function type(name: string, text: string): void {
    const input = field(name);
    if (!input) throw new Error(`There is no field ${name}.`);
    input.value = text;
    input.dispatchEvent(new Event('input'));
  }

  async function press(text: string): Promise<void> {
    await fixture.whenStable();
    const button = [...page().querySelectorAll('button')].find((one) => one.textContent.trim() === text);
    if (!button) throw new Error(`There is no button ${text}.`);
    button.click();
    await settled();
    await fixture.whenStable();
  }

  beforeEach(() => {
    localStorage.clear();
    TestBed.configureTestingModule(deskProviders());
    left = jest.spyOn(TestBed.inject(ProviderAddress), 'open').mockReturnValue();
    wentTo = jest.spyOn(TestBed.inject(Router), 'navigateByUrl').mockResolvedValue(true);
  });

  it('asks everybody for the short name, looks nothing up, and leads back to where the person wanted to go', async () => {
    await shown({ to: '/audit' });
    await press('Sign in with your organisation');
    type('workspace', ' Northwind ');
    await press('Continue');
    expect(left).toHaveBeenCalledWith('northwind', '/audit');
    expect(localStorage.getItem('ledgerdesk.session')).toBe('true');
  });

  it('N4 takes no address of elsewhere along', async () => {
    await shown({ to: '//evil.example', workspace: 'northwind' });
    await press('Continue');
    expect(left).toHaveBeenCalledWith('northwind', '/tickets');
  });

  it('says one sentence when it was refused', async () => {
    await shown({ provider: 'refused' });
    expect(page().querySelector('[role=alert]')?.textContent).toContain(
      'Signing in with your organisation did not work.',
    );
  });

  it('B12 asks for the code that is still missing, and for nothing else', async () => {
    await shown({ provider: 'code', to: '/audit' });
    expect(field('password')).toBeNull();
    type('code', '000000');
    await press('Sign in');
    asked('/auth/oidc/code', 'POST').flush({}, { status: 401, statusText: 'x' });
    await settled();
    await fixture.whenStable();
    expect(page().querySelector('[role=alert]')?.textContent).toContain('The code is not right');
    type('code', '492039');
    await press('Sign in');
    const request = asked('/auth/oidc/code', 'POST');
    expect(request.request.body).toEqual({ code: '492039' });
    request.flush({ accessToken: 'x', expiresIn: 900, ...agent });
    await settled();
    asked('/me').flush(agent);
    await settled();
    expect(wentTo).toHaveBeenCalledWith('/audit');
  });
});
