const KINDS = ['member', 'customer', 'key', 'platform'] as const;

/**
 * Who did it, as written in the metadata of events: `member:<uuid>`, `customer:<uuid>`, `key:<uuid>`, `platform:<uuid>` for those who
 * run the installation, or `system:<job>`.
 */
export type Actor = `${(typeof KINDS)[number] | 'system'}:${string}`;

export function actorOf(text: string): {
  readonly kind: (typeof KINDS)[number] | 'system';
  readonly id: string;
} {
  const [word, ...rest] = text.split(':');
  return { kind: KINDS.find((kind) => kind === word) ?? 'system', id: rest.join(':') };
}
