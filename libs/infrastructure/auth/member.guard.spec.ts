import 'reflect-metadata';
import { type ExecutionContext, UnauthorizedException } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type Scope, SCOPES } from '@ledgerdesk/kernel';
import {
  Abilities,
  type Authentication,
  BeforeSetUp,
  Can,
  ForKeys,
  FreshProof,
  type KeyHolders,
  Public,
  type Principal,
  type Role,
} from './index.js';
import { MemberGuard } from './member.guard.js';

class Routes {
  @Public()
  open(): void {
    // A route that anybody may call.
  }

  @Can('read', 'Note')
  guarded(): void {
    // A route that names its permission.
  }

  @BeforeSetUp()
  @Can('read', 'Note')
  early(): void {
    // A route for those who have to set something up first.
  }

  @FreshProof()
  @Can('read', 'Note')
  dangerous(): void {
    // A route that can not be taken back.
  }

  @Can('read', 'Note')
  @ForKeys('tickets:read')
  opened(): void {
    // A route that keys may use too.
  }

  @Can('burn', 'Note')
  unknown(): void {
    // A route that names a permission which no context gives to anybody.
  }

  forgotten(): void {
    // A route whose author did not decide.
  }
}

function guarding(
  role?: Role,
  mustSetUp?: 'second-factor',
  isFresh = true,
  credential = 'good',
  scopes: readonly Scope[] = [],
): (route: keyof Routes) => Promise<{ passed: boolean; principal?: Principal }> {
  const member = role && ({ role, memberId: 'm1', ...(mustSetUp && { mustSetUp }) } as Principal);
  const proof = { at: Date.now(), by: ['pwd'] as const };
  const authentication: Pick<Authentication, 'recognise' | 'isFresh'> = {
    isFresh: (shown) => isFresh && shown === proof,
    recognise: (token) => Promise.resolve(member && token === 'good' ? { member, proof, expiresAt: 0 } : undefined),
  };
  const keys: KeyHolders = {
    holder: (key, ip) =>
      Promise.resolve(
        member && ip === '192.0.2.7' && key === 'ldk_good' ? { ...member, key: { id: 'k1', scopes } } : undefined,
      ),
  };
  const abilities = new Abilities([{ Note: { read: ['agent'] } }]);
  const guard = new MemberGuard(new Reflector(), authentication as Authentication, keys, abilities);
  return async (route) => {
    const request: { headers: object; ip: string; principal?: Principal } = {
      headers: { authorization: `Bearer ${credential}` },
      ip: '192.0.2.7',
    };
    const context = {
      getType: () => 'http',
      getHandler: () => Object.getOwnPropertyDescriptor(Routes.prototype, route)?.value as unknown,
      getClass: () => Routes,
      switchToHttp: () => ({ getRequest: () => request }),
    } as unknown as ExecutionContext;
    const passed = await guard.canActivate(context);
    return { passed, ...(request.principal && { principal: request.principal }) };
  };
}

const withKey = (role: Role, credential: string, scopes: readonly Scope[]) =>
  guarding(role, undefined, true, credential, scopes);
const scopeMissing = expect.objectContaining({ kind: 'forbidden', code: 'api-key.scope-missing' }) as Error;
const forbidden = expect.objectContaining({ kind: 'forbidden', code: 'auth.forbidden' }) as Error;

describe('MemberGuard', () => {
  it('lets anybody into a public route', async () => {
    await expect(guarding()('open')).resolves.toEqual({ passed: true });
  });

  it('lets in who has the permission, and says who it is', async () => {
    await expect(guarding('agent')('guarded')).resolves.toMatchObject({ passed: true, principal: { memberId: 'm1' } });
  });

  it('keeps out strangers and other roles', async () => {
    await expect(guarding()('guarded')).rejects.toThrow(UnauthorizedException);
    await expect(guarding('auditor')('guarded')).rejects.toThrow(forbidden);
    await expect(guarding('agent')('unknown')).rejects.toThrow(forbidden);
  });

  it('B12 keeps who still has to set up a second factor from everything but that', async () => {
    const refused = expect.objectContaining({ kind: 'forbidden', code: 'auth.second-factor-required' }) as Error;
    await expect(guarding('agent', 'second-factor')('guarded')).rejects.toThrow(refused);
    await expect(guarding('agent', 'second-factor')('early')).resolves.toMatchObject({ passed: true });
    await expect(guarding('auditor', 'second-factor')('early')).rejects.toThrow(forbidden);
  });

  it('B12 wants a fresh proof for what can not be taken back, of those who may do it', async () => {
    const refused = expect.objectContaining({ kind: 'forbidden', code: 'auth.step-up-required' }) as Error;
    await expect(guarding('agent', undefined, false)('dangerous')).rejects.toThrow(refused);
    await expect(guarding('agent')('dangerous')).resolves.toMatchObject({ passed: true });
    await expect(guarding('auditor', undefined, false)('dangerous')).rejects.toThrow(forbidden);
    await expect(guarding('agent', undefined, false)('guarded')).resolves.toMatchObject({ passed: true });
  });

  it('C6 lets an API key do what both its scopes and the role of its member allow', async () => {
    const principal = { memberId: 'm1', key: { id: 'k1' } };
    await expect(withKey('agent', 'ldk_good', ['tickets:read'])('opened')).resolves.toMatchObject({ principal });
    await expect(withKey('agent', 'ldk_good', ['tickets:write'])('opened')).rejects.toThrow(scopeMissing);
    await expect(withKey('agent', 'ldk_good', [])('opened')).rejects.toThrow(scopeMissing);
    await expect(withKey('auditor', 'ldk_good', ['tickets:read'])('opened')).rejects.toThrow(forbidden);
    await expect(withKey('agent', 'ldk_bad', ['tickets:read'])('opened')).rejects.toThrow(UnauthorizedException);
  });

  it('C6 keeps every API key out of a route that names no scope', async () => {
    await expect(withKey('agent', 'ldk_good', [...SCOPES])('guarded')).rejects.toThrow(scopeMissing);
    await expect(withKey('agent', 'ldk_good', [...SCOPES])('forgotten')).rejects.toThrow(scopeMissing);
    await expect(guarding('agent')('opened')).resolves.toMatchObject({ passed: true });
  });

  it('denies by default: a route that names no permission lets nobody in', async () => {
    await expect(guarding('agent')('forgotten')).rejects.toThrow(forbidden);
    await expect(guarding()('forgotten')).rejects.toThrow(UnauthorizedException);
  });
});
