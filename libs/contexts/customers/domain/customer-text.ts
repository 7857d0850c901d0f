import { characters, DomainError, seenLine, seenProse } from '@ledgerdesk/kernel';

export const CUSTOMER_LIMITS = { name: 200, address: 254, note: 10_000, addresses: 20 } as const;

function limited(text: string, what: 'name' | 'note'): string {
  if (text === '') throw new DomainError('invalid', `customer.${what}-empty`, `The ${what} has no visible text.`);
  if (characters(text) <= CUSTOMER_LIMITS[what]) return text;
  throw new DomainError(
    'invalid',
    `customer.${what}-too-long`,
    `The ${what} is longer than ${String(CUSTOMER_LIMITS[what])} characters.`,
  );
}

/** A name as people see it. @throws DomainError `customer.name-empty`, `customer.name-too-long` */
export function nameText(text: string): string {
  return limited(seenLine(text), 'name');
}

/** @throws DomainError `customer.note-empty`, `customer.note-too-long` */
export function noteText(text: string): string {
  return limited(seenProse(text), 'note');
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
