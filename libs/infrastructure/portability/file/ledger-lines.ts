import { z } from 'zod';

/** The lines of an export, as `docs/ledger-format.md` describes them. */
export const FORMAT = 'ledgerdesk-export';
export const VERSION = 1;

/** First line of the text that the digest at the end covers. */
export const DIGEST_DOMAIN = 'ledgerdesk:export:v1\n';
/** First line of the text that the signature at the end covers. */
export const END_DOMAIN = 'ledgerdesk:export-end:v1\n';

export const MOST_LINE_BYTES = 8 * 1024 * 1024;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const base64url = z.string().regex(/^[\w-]*$/);
const word = z.string().min(1).max(200);

const Passphrase = z.strictObject({
  kdf: z.literal('scrypt'),
  // Whoever wrote the file must not decide how much memory its reader needs.
  n: z
    .int()
    .min(2 ** 14)
    .max(2 ** 18),
  r: z.literal(8),
  p: z.literal(1),
  salt: base64url.min(22).max(86),
});
export type PassphraseParameters = z.infer<typeof Passphrase>;

const Header = z.strictObject({
  kind: z.literal('header'),
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  exportedAt: z.iso.datetime(),
  keys: z.enum(['none', 'passphrase']),
  passphrase: Passphrase.optional(),
  slug: word,
  source: z.strictObject({ ledger: word.nullable(), publicUrl: z.string().max(2_000) }),
  workspace: z.uuid().lowercase(),
});
export type HeaderLine = z.infer<typeof Header>;

const SealKey = z.strictObject({
  kind: z.literal('sealKey'),
  ledger: word,
  number: z.int().min(1),
  publicKey: word,
  rotation: z.strictObject({ from: z.string(), text: z.string(), to: z.string() }).optional(),
});
export type SealKeyLine = z.infer<typeof SealKey>;

const Key = z.strictObject({ kind: z.literal('key'), keyId: word, wrapped: base64url.length(80).nullable() });
export type KeyLine = z.infer<typeof Key>;

const Event = z.strictObject({
  kind: z.literal('event'),
  stream: z.string().max(500),
  revision: z.int().min(0).max(2_147_483_646),
  id: z.uuid().lowercase(),
  type: word,
  data: z.string(),
  metadata: z.string(),
});
export type EventLine = z.infer<typeof Event>;

const Seal = z.strictObject({
  kind: z.literal('seal'),
  leaves: z.array(z.string()).min(1).max(10_000),
  path: z.array(z.union([z.strictObject({ left: hash }), z.strictObject({ right: hash })])).max(64),
  seal: z.string(),
  share: z.string(),
  signature: base64url,
});
export type SealLine = z.infer<typeof Seal>;

const End = z.strictObject({
  kind: z.literal('end'),
  digest: hash,
  events: z.int().min(0),
  keyId: word.nullable(),
  keys: z.int().min(0),
  lines: z.int().min(1),
  seals: z.int().min(0),
  signature: base64url.nullable(),
});
export type EndLine = z.infer<typeof End>;

export type LedgerLine = HeaderLine | SealKeyLine | KeyLine | EventLine | SealLine | EndLine;

export const LINE = z.discriminatedUnion('kind', [Header, SealKey, Key, Event, Seal, End]);

/** Just enough of a first line to tell a file of another kind or of a newer release. */
export const ANY_HEADER = z.object({ kind: z.literal('header'), format: z.string(), version: z.int() });
