import { DomainError } from '@ledgerdesk/kernel';

export const CUSTOMER_LIMITS = { name: 200, address: 254, note: 10_000, addresses: 20 } as const;

/** Controls, bidirectional overrides and invisible characters: they make two different names look alike. */
const UNSEEN = /(?!\s)[\p{Cc}\p{Cf}\p{Cs}]/gu;
const UNSEEN_IN_PROSE = /[\p{Cs}\u0000-\u0008\v\f\u000e-\u001f\u007f-\u009f]/gu;

function limited(text: string, what: 'name' | 'note'): string {
  if (text === '') throw new DomainError('invalid', `customer.${what}-empty`, `The ${what} has no visible text.`);
  if (text.length <= CUSTOMER_LIMITS[what]) return text;
  throw new DomainError(
    'invalid',
    `customer.${what}-too-long`,
    `The ${what} is longer than ${String(CUSTOMER_LIMITS[what])} characters.`,
  );
}

/** A name as people see it. @throws DomainError `customer.name-empty`, `customer.name-too-long` */
export function nameText(text: string): string {
  const seen = text.replaceAll(UNSEEN, '').normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  return limited(seen, 'name');
}

/** @throws DomainError `customer.note-empty`, `customer.note-too-long` */
export function noteText(text: string): string {
  return limited(text.normalize('NFC').replaceAll(/\r\n?/g, '\n').replaceAll(UNSEEN_IN_PROSE, '').trim(), 'note');
}

/**
 * An address in the one form in which it is stored, compared and reserved: trimmed, NFC, lower case. The part before the @
 * is case sensitive on paper (RFC 5321 §2.4) and nowhere in practice; two customers for one mailbox would be worse.
 * @throws DomainError `customer.address-invalid`
 */
export function addressText(text: string): string {
  const address = text.normalize('NFC').trim().toLowerCase();
  const at = address.lastIndexOf('@');
  const plain = !/[\s\p{Cc}\p{Cf}\p{Cs}<>,;"]/u.test(address);
  if (plain && at > 0 && at < address.length - 1 && address.length <= CUSTOMER_LIMITS.address) return address;
  throw new DomainError('invalid', 'customer.address-invalid', 'Not an e-mail address.');
}
