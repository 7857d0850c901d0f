import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import type { TestRequest } from '@angular/common/http/testing';
import type { EnvironmentProviders, Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { TranslocoTestingModule } from '@jsverse/transloco';
import { provideApiConfiguration } from '@ledgerdesk/web-api';
import type { Me } from '@ledgerdesk/web-api';
import { LiveDesk } from '@ledgerdesk/web-realtime';
import type { Change, DraftChange, Entry, Gone, Watch } from '@ledgerdesk/web-realtime';
import { Session, conversation, credentials } from '@ledgerdesk/web-session';
import { Subject } from 'rxjs';
import en from '../../../i18n/en.json';

/** The live line with a test at its other end. */
export class LineAtHand {
  readonly changes = new Subject<Change>();
  readonly entries = new Subject<Entry>();
  readonly gone = new Subject<Gone>();
  readonly drafts = new Subject<DraftChange>();
  readonly resync = new Subject<void>();
  readonly watching = new Subject<Watch>();
  readonly watched: string[] = [];
  readonly connection = (): 'live' => 'live';

  watch(ticketId: string): () => void {
    this.watched.push(ticketId);
    return () => {
      this.watched.splice(this.watched.indexOf(ticketId), 1);
    };
  }
}

export const agent: Me = {
  member: { id: 'me', name: 'Maya Lindqvist', email: 'agent@demo.test', role: 'agent', roleName: null },
  workspace: {
    id: 'w',
    name: 'Northwind Support',
    slug: 'demo',
    timeZone: 'Europe/Berlin',
    language: 'en',
    undoSendSeconds: 0,
    suspension: null,
  },
  mustSetUp: null,
  abilities: [
    { action: ['read', 'open', 'reply', 'note', 'edit', 'trash', 'close', 'read-ledger'], subject: 'Ticket' },
    { action: ['read', 'create', 'edit'], subject: 'Customer' },
    { action: ['read'], subject: 'Team' },
  ],
};

/** A desk whose api answers are written by the test, with real interceptors and English texts. */
export function deskProviders(): {
  providers: (Provider | EnvironmentProviders)[];
  imports: unknown[];
  line: LineAtHand;
} {
  const line = new LineAtHand();
  return {
    line,
    imports: [
      TranslocoTestingModule.forRoot({
        langs: { en },
        translocoConfig: { availableLangs: ['en', 'de'], defaultLang: 'en' },
        preloadLangs: true,
      }),
    ],
    providers: [
      provideRouter([]),
      provideHttpClient(withInterceptors([credentials, conversation])),
      provideHttpClientTesting(),
      provideApiConfiguration(''),
      { provide: LiveDesk, useValue: line },
    ],
  };
}

/** The one request to `url` that is open now, whatever its query. */
export function asked(url: string, method = 'GET'): TestRequest {
  return TestBed.inject(HttpTestingController).expectOne(
    (request) => request.url === `/api/v1${url}` && request.method === method,
  );
}

/** Lets everything that waits for a promise go on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

/** Signs an agent in, as the sign-in page would, and answers what follows from it. */
export async function signedInAgent(me: Me = agent): Promise<void> {
  const session = TestBed.inject(Session);
  const done = session.signIn('agent@demo.test', 'ledgerdesk-demo');
  asked('/auth/login', 'POST').flush({
    accessToken: 'token-1',
    expiresIn: 900,
    member: me.member,
    workspace: me.workspace,
  });
  await settled();
  asked('/me').flush(me);
  await done;
}
