import { createHash, type Hash } from 'node:crypto';
import { canonicalText } from '@ledgerdesk/event-store';
import { z } from 'zod';
import { DOMAIN, jsonOf, pathSteps } from '../format/texts.js';
import type { SealKey, TrustedKeys } from '../format/trusted-keys.js';
import { DamagedFile, UnknownFormat } from './damaged-file.js';
import { type ExportBytes, linesOf } from './export-lines.js';
import type { CheckedEvent, LedgerItem } from './items.js';

const FORMAT = 'ledgerdesk-export';
const VERSION = 1;
/** Events handed on at a time. */
const AT_ONCE = 500;

const header = z.strictObject({
  kind: z.literal('header'),
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  exportedAt: z.iso.datetime(),
  keys: z.enum(['none', 'passphrase']),
  passphrase: z.unknown().optional(),
  slug: z.string(),
  source: z.strictObject({ ledger: z.string().nullable(), publicUrl: z.string() }),
  workspace: z.uuid(),
});
export type ExportHeader = Readonly<z.infer<typeof header>>;

const sealKeyLine = z.strictObject({
  kind: z.literal('sealKey'),
  ledger: z.string(),
  number: z.number().int().min(1),
  publicKey: z.string(),
  rotation: z.strictObject({ text: z.string(), from: z.string(), to: z.string() }).optional(),
});

const keyLine = z.strictObject({ kind: z.literal('key'), keyId: z.string(), wrapped: z.string().nullable() });

const sealLine = z.strictObject({
  kind: z.literal('seal'),
  leaves: z.array(z.string()),
  path: pathSteps,
  seal: z.string(),
  share: z.string(),
  signature: z.string(),
});

const endLine = z.strictObject({
  kind: z.literal('end'),
  digest: z.string(),
  events: z.number(),
  keyId: z.string().nullable(),
  keys: z.number(),
  lines: z.number(),
  seals: z.number(),
  signature: z.string().nullable(),
});

/** What stands before the events. */
export interface ExportHead {
  readonly header: ExportHeader;
  readonly sealKeys: readonly SealKey[];
}

/** Reads the beginning of an export. @throws UnknownFormat, DamagedFile */
export async function readExportHead(bytes: ExportBytes): Promise<ExportHead> {
  let found: ExportHeader | undefined;
  const sealKeys: SealKey[] = [];
  for await (const line of linesOf(bytes())) {
    const value = jsonOf(line.toString());
    if (!found) found = headerOf(value);
    else {
      const key = sealKeyLine.safeParse(value).data;
      if (!key) break;
      const { ledger, number, publicKey, rotation } = key;
      sealKeys.push({ ledger, number, publicKey, ...(rotation && { rotation }) });
    }
  }
  if (!found) throw new DamagedFile('The file is empty: it is not an export.');
  return { header: found, sealKeys };
}

function headerOf(value: unknown): ExportHeader {
  const stated = z.looseObject({ format: z.literal(FORMAT), version: z.number() }).safeParse(value).data;
  if (!stated)
    throw new UnknownFormat('The file is not an export of a ledger: choose one that "ledgerdesk export" has written.');
  if (stated.version > VERSION)
    throw new UnknownFormat(
      `The export has format version ${String(stated.version)} and this Ledgerdesk reads ${String(VERSION)}: use a newer one.`,
    );
  const parsed = header.safeParse(value).data;
  if (!parsed) throw new DamagedFile('The header of the export is damaged: copy the file again.');
  return parsed;
}

/** Everything behind the head, with the checks of step 6 on the way: order of lines, counts, digest and signature of the end. */
export async function* exportItems(
  bytes: ExportBytes,
  { header: { source } }: ExportHead,
  trusted: TrustedKeys,
): AsyncGenerator<LedgerItem> {
  const tally = new Tally();
  let events: CheckedEvent[] = [];
  for await (const line of linesOf(bytes())) {
    const value = jsonOf(line.toString());
    const kind = tally.kindOf(value);
    if (kind === 'event') events.push(eventOf(value, line));
    if (events.length > 0 && (kind !== 'event' || events.length === AT_ONCE)) {
      yield { kind: 'events', events };
      events = [];
    }
    if (kind === 'seal') {
      const { leaves, path, seal, share, signature } = parsedAs(sealLine, value, line);
      yield { kind: 'seal', seal: { record: seal, signature, shares: [{ record: share, leaves }], path } };
    } else if (kind === 'key') parsedAs(keyLine, value, line);
    if (kind === 'end') checkEnd(parsedAs(endLine, value, line), tally, source.ledger, trusted);
    tally.add(kind, line);
  }
  tally.checkOver();
}

const KINDS = ['header', 'sealKey', 'key', 'event', 'seal', 'end'] as const;
type Kind = (typeof KINDS)[number];
/** Which of them may stand in which part of the file. */
const PART: Readonly<Record<Kind, number>> = { header: 0, sealKey: 1, key: 2, event: 3, seal: 3, end: 4 };

/** What has gone by. */
class Tally {
  readonly counts: Record<Kind, number> = { header: 0, sealKey: 0, key: 0, event: 0, seal: 0, end: 0 };
  lines = 0;
  private part = 0;
  private readonly digest: Hash = createHash('sha256').update(DOMAIN.export);

  kindOf(value: unknown): Kind {
    const stated = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
    const kind = KINDS.find((known) => known === stated);
    if (!kind || PART[kind] < this.part || (kind === 'header') !== (this.lines === 0) || this.counts.end > 0)
      throw new DamagedFile(
        `Line ${String(this.lines + 1)} of the export is not what should stand there: the file was changed.`,
      );
    this.part = PART[kind];
    return kind;
  }

  add(kind: Kind, line: Buffer): void {
    this.counts[kind] += 1;
    this.lines += 1;
    this.digest.update(line).update('\n');
  }

  digestSoFar(): string {
    return this.digest.copy().digest('hex');
  }

  checkOver(): void {
    if (this.counts.end === 0) throw new DamagedFile('The export has no end: the file was cut off; copy it again.');
  }
}

function eventOf(value: unknown, line: Buffer): CheckedEvent {
  const { stream, revision, id, type, data, metadata } = value as CheckedEvent;
  const texts = [stream, id, type, data, metadata];
  if (texts.some((text) => typeof text !== 'string') || !Number.isSafeInteger(revision))
    throw new DamagedFile('An event of the export can not be read: the file was changed.');
  const text =
    `{"data":${JSON.stringify(data)},"id":${JSON.stringify(id)},"kind":"event","metadata":${JSON.stringify(metadata)},` +
    `"revision":${String(revision)},"stream":${JSON.stringify(stream)},"type":${JSON.stringify(type)}}`;
  if (text !== line.toString())
    throw new DamagedFile('An event of the export is not written as it should be: the file was changed.');
  return { stream, revision, id, type, data, metadata };
}

function parsedAs<Line>(schema: z.ZodType<Line>, value: unknown, line: Buffer): Line {
  const parsed = schema.safeParse(value).data;
  if (!parsed || canonicalText(parsed) !== line.toString())
    throw new DamagedFile('A line of the export can not be read: the file was changed.');
  return parsed;
}

function checkEnd(end: z.infer<typeof endLine>, tally: Tally, ledger: string | null, trusted: TrustedKeys): void {
  const { counts, lines } = tally;
  const fits =
    end.events === counts.event && end.keys === counts.key && end.seals === counts.seal && end.lines === lines;
  if (!fits || end.digest !== tally.digestSoFar())
    throw new DamagedFile('The export is not the one that was written: its end does not fit what stands before it.');
  const { signature, ...signed } = end;
  const holds =
    ledger === null
      ? signature === null
      : trusted.signed(DOMAIN.exportEnd, canonicalText(signed), end.keyId ?? '', signature ?? '');
  if (!holds)
    throw new DamagedFile(
      'The end of the export is not signed by a key that is trusted: it was changed or made by somebody else.',
    );
}
