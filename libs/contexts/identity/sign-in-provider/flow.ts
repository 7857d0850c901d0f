import { z } from 'zod';

/** Minutes in which somebody has to come back from the provider, and then to enter a code. */
export const FLOW_MINUTES = 10;

/** A sign-in that has begun in a browser. */
export const Flow = z.strictObject({
  id: z.uuid(),
  workspaceId: z.uuid(),
  slug: z.string(),
  /** Of the provider's settings: with others it would be another sign-in. */
  version: z.int(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Path of the desk to open afterwards. */
  to: z.string(),
  /** Milliseconds since the epoch. */
  until: z.number(),
});
export type Flow = z.infer<typeof Flow>;

/** Somebody whom the provider has vouched for and whose second factor is still to be shown. */
export const Vouched = z.strictObject({
  workspaceId: z.uuid(),
  accountId: z.uuid(),
  memberId: z.uuid(),
  email: z.string(),
  issuer: z.string(),
  subject: z.string(),
  passwordGeneration: z.int(),
  /** Whether the provider says that it has asked for a second factor. */
  isStrong: z.boolean(),
  until: z.number(),
});
export type Vouched = z.infer<typeof Vouched>;

/** Only paths of this desk, and none that would go back to signing in or out of the desk's pages. */
export function pathInside(text: string | undefined): string {
  if (text === undefined || text.length > 500 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes('\\')) {
    return '/tickets';
  }
  const { origin, pathname } = new URL(text, 'https://desk.invalid');
  const isOurs = origin === 'https://desk.invalid' && !pathname.startsWith('//');
  return isOurs && !/^\/(?:api|sign-in|socket\.io)(?:\/|$)/.test(pathname) ? text : '/tickets';
}
