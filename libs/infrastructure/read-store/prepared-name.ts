import { createHash } from 'node:crypto';

/** A server keeps every prepared statement of every connection in memory, so texts beyond this many run unprepared. */
const MOST = 400;

const names = new Map<string, string>();

/** The name a text is prepared under on every connection of this process, or `undefined` when there are too many already. */
export function preparedName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST) return known;
  const name = `ld_${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
  names.set(text, name);
  return name;
}
