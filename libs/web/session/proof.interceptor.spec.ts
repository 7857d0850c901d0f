import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { provideApiConfiguration } from '@ledgerdesk/web-api';
import { firstValueFrom } from 'rxjs';
import { conversation } from './conversation.interceptor';
import { credentials } from './credentials.interceptor';
import { StepUp, proof } from './proof.interceptor';
import { problemOf } from './problem';
import { Session } from './session';

const REFUSED = { status: 403, statusText: 'x' };
const me = { member: {}, workspace: {}, mustSetUp: 'second-factor', abilities: [] };

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

describe('what the api wants to be shown first', () => {
  let api: HttpTestingController;
  let answer: boolean;
  let asked: number;

  beforeEach(() => {
    [answer, asked] = [true, 0];
    const stepUp: StepUp = {
      ask: async () => {
        asked += 1;
        if (answer) {
          const done = TestBed.inject(Session).stepUp('secret', '123456');
          api.expectOne('/api/v1/auth/step-up').flush({ accessToken: 'fresh', expiresIn: 900 });
          await done;
        }
        return answer;
      },
    };
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideHttpClient(withInterceptors([proof, credentials, conversation])),
        provideHttpClientTesting(),
        provideApiConfiguration(''),
        { provide: StepUp, useValue: stepUp },
      ],
    });
    api = TestBed.inject(HttpTestingController);
  });

  afterEach(() => {
    api.verify();
  });

  const erase = (): Promise<unknown> =>
    firstValueFrom(TestBed.inject(HttpClient).post('/api/v1/customers/c/erasure', {}));

  it('is asked for once, and then the request goes out again by itself', async () => {
    const erased = erase();
    api.expectOne('/api/v1/customers/c/erasure').flush({ code: 'auth.step-up-required' }, REFUSED);
    await settled();
    const again = api.expectOne('/api/v1/customers/c/erasure');
    expect(again.request.headers.get('Authorization')).toBe('Bearer fresh');
    again.flush({ erased: true });
    expect(await erased).toEqual({ erased: true });
    expect(asked).toBe(1);
  });

  it('leaves the refusal as it is when the person shows nothing', async () => {
    answer = false;
    const refusal = erase().catch(problemOf);
    api.expectOne('/api/v1/customers/c/erasure').flush({ code: 'auth.step-up-required' }, REFUSED);
    expect(await refusal).toMatchObject({ status: 403, code: 'auth.step-up-required' });
  });

  it('is not asked for where the role is the reason', async () => {
    const refusal = erase().catch(problemOf);
    api.expectOne('/api/v1/customers/c/erasure').flush({ code: 'auth.forbidden' }, REFUSED);
    expect(await refusal).toMatchObject({ code: 'auth.forbidden' });
    expect(asked).toBe(0);
  });

  it('leads to the page of the second factor, and back, when the workspace wants one now', async () => {
    const signedIn = TestBed.inject(Session).signIn('agent@demo.test', 'secret');
    api.expectOne('/api/v1/auth/login').flush({ accessToken: 'first', expiresIn: 900 });
    await settled();
    api.expectOne('/api/v1/me').flush({ ...me, mustSetUp: null });
    await signedIn;
    const navigate = jest.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    const refusal = erase().catch(problemOf);
    api.expectOne('/api/v1/customers/c/erasure').flush({ code: 'auth.second-factor-required' }, REFUSED);
    api.expectOne('/api/v1/me').flush(me);
    expect(await refusal).toMatchObject({ code: 'auth.second-factor-required' });
    await settled();
    expect(navigate).toHaveBeenCalledWith(['/second-factor'], { queryParams: { to: '/' } });
  });
});
