import type { z } from 'zod';
import type { Seal } from '@ledgerdesk/http';
import type { Clock } from '@ledgerdesk/kernel';

/** Something that a browser keeps for us for a few minutes: it can neither read nor change it, and shows it once more. */
export class SealedWord<Content extends { readonly until: number }> {
  /** @param purpose what it is kept for: a word for one purpose is none for another */
  constructor(
    private readonly seal: Seal,
    private readonly purpose: string,
    private readonly shape: z.ZodType<Content>,
    private readonly clock: Clock,
  ) {}

  write(content: Content): string {
    return this.seal.seal(this.purpose, Buffer.from(JSON.stringify(content))).toString('base64url');
  }

  /** What we have written, unless its time is over; `undefined` for anything else. */
  read(word: string | undefined): Content | undefined {
    const text = word === undefined ? undefined : this.seal.open(this.purpose, Buffer.from(word, 'base64url'));
    if (!text) return undefined;
    const content = this.shape.parse(JSON.parse(text.toString()));
    return content.until > this.clock.now() ? content : undefined;
  }
}
