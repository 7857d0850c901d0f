import fc from 'fast-check';
import { accessDocument } from './access-document.js';
import type { AccessHead } from './access-head.js';
import type { PersonData, TicketPart } from './person-data.js';

const HEAD: AccessHead = { workspace: 'Northwind', customerId: 'c1', exportedAt: '2026-11-20T09:30:00.000Z' };

function personWith(text: string, tickets: number): PersonData {
  const entry = { type: 'NoteAdded', at: HEAD.exportedAt, actor: 'member:m1', cause: text, text, handoff: null };
  const part = { ticket: undefined, entries: [{ ...entry, changes: [{ field: text, from: null, to: text }] }] };
  return {
    customer: undefined,
    history: [{ ...entry, id: 'e1', recordedAt: HEAD.exportedAt, data: { text } }],
    tickets: all(Array.from({ length: tickets }, () => part as unknown as TicketPart)),
  };
}

async function* all<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* await Promise.resolve(items);
}

async function written(format: 'json' | 'html', data: PersonData): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of accessDocument(format, HEAD, data)) pieces.push(piece);
  return pieces.join('');
}

describe('an access export', () => {
  it('is JSON, whatever stands in the texts, and says at its end that it is complete', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.nat(3), async (text, tickets) => {
        const copy = JSON.parse(await written('json', personWith(text, tickets))) as Record<string, unknown>;
        expect(copy).toMatchObject({ ...HEAD, history: [{ data: { text } }], complete: { tickets } });
        expect(copy.tickets).toHaveLength(tickets);
      }),
    );
  });

  it('G1 runs nothing of what people wrote when it is read in a browser', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        const hostile = `<script>${text}</script><img src=x onerror="1">'"&`;
        const page = await written('html', personWith(hostile, 1));
        expect(page.match(/<(?:script|img)/g)).toBeNull();
        expect(page).toContain("default-src 'none'");
      }),
    );
  });
});
