import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { provideApiConfiguration } from '@ledgerdesk/web-api';
import { firstValueFrom } from 'rxjs';
import { conversation } from './conversation.interceptor';
import { credentials } from './credentials.interceptor';
import { problemOf } from './problem';
import { type Renewal, Session } from './session';

const me = {
  member: { id: 'm', name: 'Maya', email: 'agent@demo.test', role: 'agent', roleName: null },
  workspace: { id: 'w', name: 'Northwind', slug: 'demo', timeZone: 'UTC', language: 'en', undoSendSeconds: 0 },
  abilities: [{ action: ['read'], subject: 'Ticket' }],
};

const signedIn = (accessToken: string): object => ({ accessToken, expiresIn: 900, ...me });

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

describe('Session', () => {
  let api: HttpTestingController;
  let session: Session;

  beforeEach(async () => {
    localStorage.clear();
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideHttpClient(withInterceptors([credentials, conversation])),
        provideHttpClientTesting(),
        provideApiConfiguration(''),
      ],
    });
    api = TestBed.inject(HttpTestingController);
    session = TestBed.inject(Session);
    const done = session.signIn('agent@demo.test', 'secret');
    api.expectOne('/api/v1/auth/login').flush(signedIn('first'));
    await settled();
    api.expectOne('/api/v1/me').flush(me);
    await done;
  });

  afterEach(() => {
    api.verify();
  });

  it('comes back to a page that was loaded anew, while the cookie lasts', async () => {
    TestBed.tick();
    const reloaded = TestBed.runInInjectionContext(() => new Session());
    const restored = reloaded.restore();
    api.expectOne('/api/v1/auth/refresh').flush(signedIn('second'));
    await settled();
    api.expectOne('/api/v1/me').flush(me);
    expect(await restored).toBe(true);
  });

  it('asks for no session where nobody signed in', async () => {
    session.forget();
    TestBed.tick();
    const reloaded = TestBed.runInInjectionContext(() => new Session());
    expect(await reloaded.restore()).toBe(false);
  });

  it('sends its token to the api and to nobody else', () => {
    const http = TestBed.inject(HttpClient);
    http.get('/api/v1/teams').subscribe();
    http.get('https://elsewhere.example/api/v1/teams').subscribe();
    expect(api.expectOne('/api/v1/teams').request.headers.get('Authorization')).toBe('Bearer first');
    expect(api.expectOne('https://elsewhere.example/api/v1/teams').request.headers.has('Authorization')).toBe(false);
  });

  it('keeps no token where another page could read it', () => {
    for (const storage of [localStorage, sessionStorage]) {
      expect(Object.values(storage).join(' ')).not.toContain('first');
    }
    expect(document.cookie).not.toContain('first');
  });

  it('lets people do what their rules say, and nothing after signing out', async () => {
    expect(session.can('read', 'Ticket')).toBe(true);
    expect(session.can('edit', 'Ticket')).toBe(false);
    const done = session.signOut();
    api.expectOne('/api/v1/auth/logout').flush(null);
    await done;
    expect(session.can('read', 'Ticket')).toBe(false);
  });

  it('renews an ended session once for requests that fail together, and repeats them', async () => {
    const http = TestBed.inject(HttpClient);
    const answers = Promise.all(['teams', 'members'].map((name) => firstValueFrom(http.get(`/api/v1/${name}`))));
    for (const name of ['teams', 'members']) {
      api.expectOne(`/api/v1/${name}`).flush({ code: 'access.expired' }, { status: 401, statusText: 'x' });
    }
    api.expectOne('/api/v1/auth/refresh').flush(signedIn('second'));
    await settled();
    for (const name of ['teams', 'members']) {
      const repeated = api.expectOne(`/api/v1/${name}`);
      expect(repeated.request.headers.get('Authorization')).toBe('Bearer second');
      repeated.flush(name);
    }
    expect(await answers).toEqual(['teams', 'members']);
  });

  it('takes turns with other tabs when it renews, because the cookie changes each time', async () => {
    const order: string[] = [];
    const locks = {
      request: async (name: string, work: () => Promise<Renewal>): Promise<Renewal> => {
        order.push(`wait for ${name}`);
        await Promise.resolve();
        return work();
      },
    };
    Object.defineProperty(navigator, 'locks', { value: locks, configurable: true });
    try {
      const renewed = session.renew();
      expect(order).toEqual(['wait for ledgerdesk.session']);
      api.expectNone('/api/v1/auth/refresh');
      await settled();
      api.expectOne('/api/v1/auth/refresh').flush(signedIn('second'));
      expect(await renewed).toBe('renewed');
    } finally {
      Reflect.deleteProperty(navigator, 'locks');
    }
  });

  it('goes to the sign-in page when the session can not be renewed', async () => {
    const navigate = jest.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    const answer = firstValueFrom(TestBed.inject(HttpClient).get('/api/v1/teams')).catch(problemOf);
    api.expectOne('/api/v1/teams').flush({ code: 'access.expired' }, { status: 401, statusText: 'x' });
    api.expectOne('/api/v1/auth/refresh').flush({}, { status: 401, statusText: 'x' });
    expect(await answer).toMatchObject({ status: 401, code: 'access.expired' });
    expect(navigate).toHaveBeenCalledWith(['/sign-in'], { queryParams: { to: '/' } });
    expect(session.me()).toBeUndefined();
  });

  it('stays when the server can not be reached for a renewal', async () => {
    const navigate = jest.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    const answer = firstValueFrom(TestBed.inject(HttpClient).get('/api/v1/teams')).catch(problemOf);
    api.expectOne('/api/v1/teams').flush({ code: 'access.expired' }, { status: 401, statusText: 'x' });
    api.expectOne('/api/v1/auth/refresh').flush({}, { status: 503, statusText: 'x' });
    expect(await answer).toMatchObject({ status: 401 });
    expect(navigate).not.toHaveBeenCalled();
    expect(session.me()).toBeDefined();
  });

  it('repeats a write under the same key when the connection is lost', () => {
    jest.useFakeTimers();
    TestBed.inject(HttpClient).post('/api/v1/teams', { name: 'Billing' }).subscribe();
    const first = api.expectOne('/api/v1/teams');
    const key = first.request.headers.get('Idempotency-Key');
    first.error(new ProgressEvent('error'), { status: 0 });
    jest.advanceTimersByTime(1000);
    const second = api.expectOne('/api/v1/teams');
    expect(key).toMatch(/^[0-9a-f-]{36}$/u);
    expect(second.request.headers.get('Idempotency-Key')).toBe(key);
    second.flush({});
    TestBed.inject(HttpClient).post('/api/v1/teams', { name: 'Billing' }).subscribe();
    expect(api.expectOne('/api/v1/teams').request.headers.get('Idempotency-Key')).not.toBe(key);
    jest.useRealTimers();
  });

  it('reads what it just wrote', () => {
    const http = TestBed.inject(HttpClient);
    http.post('/api/v1/teams', {}).subscribe();
    api.expectOne('/api/v1/teams').flush({}, { headers: { 'Ledger-Position': 'p7' } });
    http.get('/api/v1/teams').subscribe();
    expect(api.expectOne('/api/v1/teams').request.headers.get('Ledger-Position')).toBe('p7');
  });
});
