import type { Request } from 'express';

/** The token of the `Authorization` header, and of nothing else: tokens in addresses end up in logs. */
export function bearerOf({ headers }: Pick<Request, 'headers'>): string {
  const [, token = ''] = /^Bearer ([\w.~+/=-]+)$/i.exec(headers.authorization ?? '') ?? [];
  return token;
}
