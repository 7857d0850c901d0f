import { randomBytes } from 'node:crypto';
import { hash as digest } from 'node:crypto';
import { canonicalText, statedLink, streamName } from '@ledgerdesk/event-store';
import { chained, NO_PREVIOUS_HASH } from '../../event-store/codec/hash-chain.js';
import { SigningKey } from '../format/seal-keys.js';
import { DOMAIN } from '../format/texts.js';
import type { SealKey } from '../format/trusted-keys.js';
import { makeSeal, type NewSeal, NO_SHARE, type ShareEnd } from '../sealing/make-seal.js';
import { BEFORE_THE_FIRST } from '../sealing/seal-table.js';
import type { ExportBytes } from '../verify/export-lines.js';
import type { CheckedEvent } from '../verify/items.js';

export const OWN = '01930000-0000-7000-8000-0000000000aa';
export const OTHER = '01930000-0000-7000-8000-0000000000bb';

const uuid = (number: number): string => `01930000-0000-7000-8000-${String(number).padStart(12, '0')}`;

/** An event as somebody with the database in hand, but without the key of the seals, could write it too. */
export function forged(event: CheckedEvent, previousHash: string, data = event.data): CheckedEvent {
  const { hash: _, ...metadata } = JSON.parse(event.metadata) as Record<string, string>;
  const { record } = chained({ ...event, data }, { ...metadata, previousHash });
  return { ...event, ...record };
}

export const hashOf = (event: CheckedEvent): string => statedLink(event.metadata)?.hash ?? '';

/** A ledger of two workspaces in memory, sealed in stretches, which can be written down as an export. */
export class MemoryLedger {
  readonly key = new SigningKey(randomBytes(32), 1);
  readonly events: CheckedEvent[] = [];
  readonly seals: NewSeal[] = [];
  private readonly heads = new Map<string, { readonly revision: number; readonly hash: string }>();
  private sealed = 0;

  /** @param streams by number; an odd one belongs to the other workspace */
  append(...streams: readonly number[]): void {
    for (const number of streams) {
      const stream = streamName('notebook', number % 2 === 0 ? OWN : OTHER, uuid(number));
      const head = this.heads.get(stream) ?? { revision: -1, hash: NO_PREVIOUS_HASH };
      const index = this.events.length;
      const event = {
        id: uuid(index),
        type: 'LineAdded',
        data: `{"line":"${String(index)} \u00fc"}`,
        stream,
        revision: head.revision + 1,
      };
      const { record, hash } = chained(event, { actor: 'member:a', previousHash: head.hash, v: '1' });
      this.heads.set(stream, { revision: event.revision, hash });
      this.events.push({ ...event, ...record });
    }
  }

  seal(): void {
    const fresh = this.events.slice(this.sealed);
    if (fresh.length === 0) return;
    const end = this.seals.at(-1) ?? BEFORE_THE_FIRST;
    const shareEnds = new Map<string, ShareEnd>();
    for (const workspace of [OWN, OTHER]) {
      const last = this.seals
        .flatMap(({ shares }) => shares.filter(({ workspaceId }) => workspaceId === workspace))
        .at(-1);
      shareEnds.set(workspace, last ? { events: last.before + last.events, hash: last.hash } : NO_SHARE);
    }
    const sealedEvents = fresh.map((event) => ({ ...event, position: '', hash: hashOf(event) }));
    const sealedAt = new Date(1_800_000_000_000 + this.seals.length).toISOString();
    this.seals.push(makeSeal(sealedEvents, { ledger: this.key.id, key: this.key, end, shareEnds, sealedAt }));
    this.sealed = this.events.length;
  }

  /** The lines of an export of the first workspace, without the end. */
  lines(): string[] {
    const lines: object[] = [
      {
        kind: 'header',
        format: 'ledgerdesk-export',
        version: 1,
        exportedAt: '2026-11-20T10:00:00.000Z',
        keys: 'none',
        slug: 'own',
        source: { ledger: this.key.id, publicUrl: 'https://help.example.org' },
        workspace: OWN,
      },
      { kind: 'sealKey', ...this.sealKey() },
    ];
    const own = this.events.filter(({ stream }) => stream.includes(OWN.replaceAll('-', '')));
    let written = 0;
    const write = (upTo: number): void => {
      for (const event of own.slice(written, upTo)) lines.push({ kind: 'event', ...event });
      written = Math.max(written, upTo);
    };
    for (const { record, signature, shares } of this.seals) {
      const share = shares.find(({ workspaceId }) => workspaceId === OWN);
      if (!share) continue;
      write(share.before + share.events);
      const path = JSON.parse(share.path) as unknown;
      lines.push({
        kind: 'seal',
        seal: record,
        signature,
        share: share.record,
        leaves: share.leaves.split('\n'),
        path,
      });
    }
    write(own.length);
    return lines.map((line) => canonicalText(line));
  }

  sealKey(): SealKey {
    return { ledger: this.key.id, number: 1, publicKey: this.key.publicKey.text };
  }
}

/** Puts the end behind lines, as the exporter would; without the key, as somebody else would. */
export function ended(lines: readonly string[], key?: SigningKey): string[] {
  const count = (kind: string): number => lines.filter((line) => line.includes(`"kind":"${kind}"`)).length;
  const body = lines.map((line) => `${line}\n`).join('');
  const end = {
    kind: 'end',
    digest: digest('sha256', DOMAIN.export + body, 'hex'),
    events: count('event'),
    keys: count('key'),
    lines: lines.length,
    seals: count('seal'),
    keyId: key?.id ?? null,
  };
  const signature = key?.sign(DOMAIN.exportEnd, canonicalText(end)) ?? null;
  return [...lines, canonicalText({ ...end, signature })];
}

/** Lines as the bytes of an export, in small pieces. */
export function bytesOf(lines: readonly string[], piece = 1_000): ExportBytes {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  return async function* pieces() {
    for (let at = 0; at < bytes.length; at += piece) yield await Promise.resolve(bytes.subarray(at, at + piece));
  };
}
