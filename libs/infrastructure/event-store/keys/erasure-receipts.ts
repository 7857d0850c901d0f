import { z } from 'zod';
import type { KeyRing } from './key-ring.js';

/** Proof, without any text about anybody, that a key was destroyed. Replayed on a restored backup, it destroys the key again. */
const receiptSchema = z.strictObject({
  workspaceId: z.uuid(),
  keyId: z.string().min(1).max(200),
  person: z.string().regex(/^(?:customer|member):[\da-f-]{36}$/),
  requestedEvent: z.uuid(),
  requestedAt: z.iso.datetime({ offset: true }),
  destroyedAt: z.iso.datetime({ offset: true }),
});
export type ErasureReceipt = z.infer<typeof receiptSchema>;

const FORMAT = 'ledgerdesk-erasure-receipts';
const VERSION = 1;
const headSchema = z.object({ format: z.literal(FORMAT), version: z.int() });
const endSchema = z.strictObject({ receipts: z.int().min(0) });

/** The file is not one of receipts, or not all of it. The message is one sentence that says what to do. */
export class ReceiptsUnreadable extends Error {
  override readonly name = 'ReceiptsUnreadable';
}

/** The lines of a file of receipts: what it is, one JSON object per receipt, and how many there were. */
export function* receiptLines(receipts: Iterable<ErasureReceipt>): Generator<string> {
  yield `${JSON.stringify({ format: FORMAT, version: VERSION })}\n`;
  let count = 0;
  for (const receipt of receipts) {
    yield `${JSON.stringify(receipt)}\n`;
    count += 1;
  }
  yield `${JSON.stringify({ receipts: count })}\n`;
}

/** All receipts of a file, or none: a file that was cut off must not pass for one that erases fewer people. */
export function parseReceipts(text: string): readonly ErasureReceipt[] {
  const [first, ...rest] = text.split('\n').filter((line) => line !== '');
  const head = headSchema.safeParse(parsed(first));
  if (!head.success) throw new ReceiptsUnreadable('This is no file of erasure receipts; choose one that was exported.');
  if (head.data.version > VERSION) {
    throw new ReceiptsUnreadable('These receipts come from a newer release; update Ledgerdesk, then replay them.');
  }
  const end = endSchema.safeParse(parsed(rest.pop()));
  if (!end.success || end.data.receipts !== rest.length) {
    throw new ReceiptsUnreadable('The file of receipts is not complete; copy or export it again.');
  }
  return rest.map((line, index) => {
    const receipt = receiptSchema.safeParse(parsed(line));
    if (receipt.success) return receipt.data;
    throw new ReceiptsUnreadable(
      `Line ${String(index + 2)} of the receipts is damaged; copy or export the file again.`,
    );
  });
}

/**
 * Destroys every key that the receipts name, whether the restored tables hold it or not. Nothing else is needed for the persons to
 * be unreadable; read models have to be rebuilt if they were restored. Repeating it is harmless.
 */
export async function replayReceipts(
  receipts: readonly ErasureReceipt[],
  keys: Pick<KeyRing, 'destroy'>,
): Promise<void> {
  for (const { workspaceId, ...destruction } of receipts) await keys.destroy(workspaceId, destruction);
}

function parsed(line: string | undefined): unknown {
  try {
    return JSON.parse(line ?? '');
  } catch {
    return undefined;
  }
}
