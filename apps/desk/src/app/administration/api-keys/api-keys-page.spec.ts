import { TestBed } from '@angular/core/testing';
import type { ComponentFixture } from '@angular/core/testing';
import type { ApiKey, Me } from '@ledgerdesk/web-api';
import { agent, asked, deskProviders, settled, signedInAgent } from '../../tickets/testing/api-at-hand';
import { ApiKeysPage } from './api-keys-page';
import { expiryOf, networksOf } from './key-wish';

const keeper: Me = { ...agent, abilities: [{ action: ['read', 'create', 'roll', 'revoke'], subject: 'ApiKey' }] };
const auditor: Me = { ...agent, abilities: [{ action: ['read'], subject: 'ApiKey' }] };

const key = (facts: Partial<ApiKey>): ApiKey => ({
  id: 'k1',
  name: 'Shop',
  ending: 'q7Xz',
  memberId: 'me',
  scopes: ['tickets:read'],
  networks: [],
  state: 'active',
  createdAt: '2026-11-20T09:12:00.000Z',
  lastUsedAt: null,
  expiresAt: null,
  previousGoodUntil: null,
  revokedAt: null,
  ...facts,
});

describe('the page of API keys', () => {
  let fixture: ComponentFixture<ApiKeysPage>;
  const page = (): HTMLElement => fixture.nativeElement as HTMLElement;
  const words = (): string => page().textContent.replaceAll(/\s+/g, ' ');

  async function open(me: Me, ...keys: readonly ApiKey[]): Promise<void> {
    TestBed.configureTestingModule(deskProviders());
    await signedInAgent(me);
    fixture = TestBed.createComponent(ApiKeysPage);
    await settled();
    asked('/api-keys').flush({ data: keys, page: { next: null, hasMore: false } });
    await settled();
    await fixture.whenStable();
  }

  it('shows what each key may do, and how it stands', async () => {
    await open(
      keeper,
      key({ networks: ['10.0.0.0/8'] }),
      key({ id: 'k2', name: 'Old', state: 'revoked', revokedAt: '2026-11-20T10:00:00.000Z' }),
    );
    expect(words()).toContain('ldk_live_…q7Xz');
    expect(words()).toContain('Never used');
    expect(words()).toContain('Only from 10.0.0.0/8');
    expect(words()).toContain('Oldldk_live_…q7XzRevoked');
    expect(page().querySelectorAll('button[aria-label^=More]')).toHaveLength(1);
  });

  it('offers nothing to whoever only reads', async () => {
    await open(auditor, key({}));
    expect(page().querySelectorAll('button')).toHaveLength(0);
  });

  it('says what went wrong', async () => {
    TestBed.configureTestingModule(deskProviders());
    await signedInAgent(keeper);
    fixture = TestBed.createComponent(ApiKeysPage);
    await settled();
    asked('/api-keys').flush({ code: 'internal', detail: 'Broken.' }, { status: 500, statusText: 'x' });
    await settled();
    await fixture.whenStable();
    expect(words()).toContain('The API keys could not be read');
  });

  it('reads networks and days as people write them', () => {
    expect(networksOf(' 10.0.0.0/8, 192.0.2.7;\n::1 ')).toEqual(['10.0.0.0/8', '192.0.2.7', '::1']);
    expect(networksOf('')).toEqual([]);
    expect(expiryOf('30', 0)).toBe('1970-01-31T00:00:00.000Z');
    expect(expiryOf('ever', 0)).toBeNull();
  });
});
