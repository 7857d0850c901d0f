/** Who did it, as written in the metadata of events: `member:<uuid>`, `customer:<uuid>`, `key:<uuid>` or `system:<job>`. */
export type Actor = `${'member' | 'customer' | 'key' | 'system'}:${string}`;

export function actorOf(text: string): {
  readonly kind: 'member' | 'customer' | 'key' | 'system';
  readonly id: string;
} {
  const [kind, ...rest] = text.split(':');
  if (kind === 'member' || kind === 'customer' || kind === 'key') return { kind, id: rest.join(':') };
  return { kind: 'system', id: rest.join(':') };
}
