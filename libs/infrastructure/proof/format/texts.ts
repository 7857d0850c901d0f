import { hash } from 'node:crypto';
import { z } from 'zod';

/** The first line of what is hashed or signed: a text of one kind can never be taken for one of another. */
export const DOMAIN = {
  share: 'ledgerdesk:share:v1\n',
  seal: 'ledgerdesk:seal:v1\n',
  rotation: 'ledgerdesk:rotation:v1\n',
  report: 'ledgerdesk:report:v1\n',
  export: 'ledgerdesk:export:v1\n',
  exportEnd: 'ledgerdesk:export-end:v1\n',
} as const;

export type Domain = (typeof DOMAIN)[keyof typeof DOMAIN];

/** Before the first of anything chained. */
export const ZEROS = '0'.repeat(64);

/** Events that one seal, and so one share, holds at most: what a verifier has to keep in memory. */
export const MAX_SEALED = 10_000;

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();

/** What a seal says about one workspace. */
export const share = z.strictObject({
  before: count,
  blinding: hex64,
  count: count.min(1).max(MAX_SEALED),
  previous: hex64,
  root: hex64,
  workspace: z.uuid(),
});
export type Share = Readonly<z.infer<typeof share>>;

/** A link of the chain of seals; `root` is the global root. */
export const seal = z.strictObject({
  keyId: z.string(),
  ledger: z.string(),
  number: count.min(1),
  previous: hex64,
  root: hex64,
  sealedAt: z.iso.datetime(),
});
export type Seal = Readonly<z.infer<typeof seal>>;

/** One key of seals gives way to the next; signed by both. */
export const rotation = z.strictObject({
  at: z.iso.datetime(),
  from: z.string(),
  lastSeal: z.strictObject({ hash: hex64, number: count }),
  ledger: z.string(),
  to: z.string(),
});
export type Rotation = Readonly<z.infer<typeof rotation>>;

export const pathSteps = z.array(z.union([z.strictObject({ left: hex64 }), z.strictObject({ right: hex64 })])).max(64);

/** Hash of a share or a seal, from its canonical text. */
export function textHash(domain: Domain, text: string): string {
  return hash('sha256', domain + text, 'hex');
}

/** One event as a leaf. */
export function leafText(stream: string, revision: number, eventHash: string): string {
  return `${stream} ${String(revision)} ${eventHash}`;
}

/** The stream and revision that a leaf names. */
export function leafPlace(leaf: string): { readonly stream: string; readonly revision: number } {
  const [stream = '', revision = ''] = leaf.split(' ');
  return { stream, revision: Number(revision) };
}

/** The digits of a workspace's id in the name of a stream; verification asks for them at every event, so nothing is parsed. */
export function workspaceDigits(stream: string): string {
  const end = stream.indexOf('_');
  return stream.slice(Math.max(end - 32, 0), Math.max(end, 0));
}

/** The value of a JSON text that may be anything; `undefined` when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
