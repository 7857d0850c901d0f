import { given } from '@ledgerdesk/testing';
import {
  EndImpersonation,
  type ImpersonationEvent,
  impersonationDecider,
  LONGEST_MINUTES,
  StartImpersonation,
} from './impersonation.js';

const wish = { adminId: 'p1', sessionId: 's1', memberId: 'm1', reason: 'Ticket 7: views are empty.', minutes: 60 };
const started: ImpersonationEvent = {
  type: 'ImpersonationStarted',
  data: {
    impersonationId: 'i1',
    adminId: 'p1',
    sessionId: 's1',
    memberId: 'm1',
    reason: 'Ticket 7: views are empty.',
    until: '2026-03-02T13:00:00.000Z',
  },
};
const ended: ImpersonationEvent = { type: 'ImpersonationEnded', data: { adminId: 'p1', memberId: 'm1' } };

describe('C12 acting as a member', () => {
  it('says who, as whom, why and until when', () => {
    given(impersonationDecider).when(new StartImpersonation('i1', wish)).then(started);
    given(impersonationDecider, started).when(new StartImpersonation('i1', wish)).thenNothing();
  });

  it.each([0, -1, 1.5, LONGEST_MINUTES + 1, Number.NaN])('C12 does not last %p minutes', (minutes) => {
    expect(() => new StartImpersonation('i1', { ...wish, minutes })).toThrow(
      expect.objectContaining({ code: 'impersonation.too-long' }) as Error,
    );
  });

  it.each(['', ' \u200b\n', 'x'.repeat(501)])('C12 needs a reason that somebody can read, not %j', (reason) => {
    expect(() => new StartImpersonation('i1', { ...wish, reason })).toThrow(
      expect.objectContaining({ code: 'impersonation.reason-invalid' }) as Error,
    );
  });

  it('is ended once, by whoever began it', () => {
    given(impersonationDecider, started).when(new EndImpersonation('i1', 'p1')).then(ended);
    given(impersonationDecider, started, ended).when(new EndImpersonation('i1', 'p1')).thenNothing();
    given(impersonationDecider, started).when(new EndImpersonation('i1', 'p2')).thenRefused('impersonation.not-found');
    given(impersonationDecider).when(new EndImpersonation('i1', 'p1')).thenRefused('impersonation.not-found');
    expect(given(impersonationDecider, started, ended).state()?.ended).toBe(true);
  });
});
