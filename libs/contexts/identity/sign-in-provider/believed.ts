import { characters, seenLine } from '@ledgerdesk/kernel';
import { emailText } from '../accounts.js';
import type { ProviderSettings } from './domain/sign-in-provider.js';

export type Claims = Readonly<Record<string, unknown>>;

/** What is believed of what a provider says about somebody. */
export interface Believed {
  readonly subject: string;
  readonly email: string;
  readonly name: string;
  /** Whether it has asked for a second factor. */
  readonly isStrong: boolean;
}

/** Nothing but plain characters: `toLowerCase` makes an ordinary k of the sign of Kelvin, and so one address of another. */
const ADDRESS = /^[\x21-\x3f\x41-\x7e]{1,64}@[\x21-\x3f\x41-\x7e]{1,253}$/;
const LONGEST_NAME = 100;

/** Kinds of proof, by RFC 8176: what one knows, has, is. */
const KINDS: Readonly<Record<string, string>> = {
  ...{ pwd: 'knows', pin: 'knows', kba: 'knows' },
  ...{ otp: 'has', hwk: 'has', swk: 'has', sc: 'has', pop: 'has', sms: 'has', tel: 'has' },
  ...{ face: 'is', fpt: 'is', iris: 'is', retina: 'is', vbm: 'is' },
};

/** A sentence for the log of the operator says why nothing is believed. */
export function believed(claims: Claims, { domains }: Pick<ProviderSettings, 'domains'>): Believed | string {
  const { sub, email, email_verified: isVerified, name, amr } = claims;
  if (typeof sub !== 'string' || sub === '' || sub.length > 255) return 'no subject';
  if (typeof email !== 'string' || !ADDRESS.test(email)) return 'no e-mail address in plain characters';
  // Not "true" as a text: who writes that has not read the standard, and may have read it wrong elsewhere.
  if (isVerified !== true) return 'the e-mail address is not verified';
  const address = emailText(email);
  if (!domains.includes(address.slice(address.indexOf('@') + 1))) return 'another domain';
  return { subject: sub, email: address, name: nameOf(name, address), isStrong: isStrong(amr) };
}

function nameOf(name: unknown, email: string): string {
  const seen = typeof name === 'string' ? seenLine(name) : '';
  return seen === '' || characters(seen) > LONGEST_NAME ? email.slice(0, email.indexOf('@')) : seen;
}

function isStrong(amr: unknown): boolean {
  if (!Array.isArray(amr)) return false;
  const methods = (amr as readonly unknown[]).filter((method) => typeof method === 'string');
  const kinds = methods.flatMap((method) => (Object.hasOwn(KINDS, method) ? [KINDS[method]] : []));
  return methods.includes('mfa') || new Set(kinds).size > 1;
}
