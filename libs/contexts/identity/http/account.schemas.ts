import { z } from 'zod';
import { secondFactorCode } from './identity.schemas.js';
import { SHORTEST_PASSWORD } from '../passwords/password-rules.js';
import { LONGEST_PASSWORD } from '../passwords/passwords.js';
import { deviceOf } from '../sessions/device.js';
import type { OwnSession } from '../sessions/own-sessions.js';

const SESSION = {
  id: '01936c0e-7a00-7000-8000-000000000007',
  startedAt: '2026-11-18T09:12:00.000Z',
  lastUsedAt: '2026-11-20T14:05:00.000Z',
  device: { browser: 'Firefox', system: 'Windows' },
  network: '203.0.113.0/24',
  current: true,
};

const ownSession = z
  .object({
    id: z.uuid(),
    startedAt: z.iso.datetime().meta({ description: 'When somebody signed in' }),
    lastUsedAt: z.iso.datetime().meta({ description: 'Exact to five minutes' }),
    device: z
      .object({ browser: z.string().nullable(), system: z.string().nullable() })
      .meta({ description: 'Names of browser (or program) and system; null when they can not be told' }),
    network: z.string().nullable().meta({
      description: 'Network that it was last continued from: /24 of IPv4, /48 of IPv6. The address itself is not kept',
    }),
    current: z.boolean().meta({ description: 'true for the session that asks' }),
  })
  .meta({ id: 'OwnSession', example: SESSION });

export const OwnSessionList = z
  .object({
    data: z.array(ownSession).meta({ description: 'The session that asks first, then the last used ones; 50 at most' }),
    hasMore: z.boolean().meta({ description: 'true when there are more; end the others to be rid of them' }),
  })
  .meta({ id: 'OwnSessionList', example: { data: [SESSION], hasMore: false } });
export type OwnSessionList = z.infer<typeof OwnSessionList>;

export function ownSessionView(
  { id, startedAt, lastUsedAt, userAgent, network }: OwnSession,
  currentId: string,
): OwnSessionList['data'][number] {
  return {
    id,
    startedAt: startedAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    device: deviceOf(userAgent),
    network,
    current: id === currentId,
  };
}

export const EndedSessionsView = z
  .object({ ended: z.int().meta({ description: 'Sessions that went on until now' }) })
  .meta({ id: 'EndedSessions', example: { ended: 2 } });
export type EndedSessionsView = z.infer<typeof EndedSessionsView>;

const password = z.string().min(1).max(LONGEST_PASSWORD);

export const ChangePasswordBody = z
  .strictObject({
    current: password.meta({ format: 'password' }),
    code: secondFactorCode.optional().meta({ description: 'Of the second factor, for accounts that have one' }),
    new: password.meta({
      format: 'password',
      description: `At least ${String(SHORTEST_PASSWORD)} characters of any kind; none of those that everybody tries first, nor your address or the name of the product`,
    }),
  })
  .meta({ id: 'ChangePassword', example: { current: 'the one until now', new: 'three quiet boats at noon' } });
export type ChangePasswordBody = z.infer<typeof ChangePasswordBody>;
