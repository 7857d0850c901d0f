import { Client, type QueryResult } from 'pg';
import { asked, type SpecDatabase } from './notebook-database.js';

/** A connection of the owner whose process dies just before, or just after, the n-th statement. */
export class MortalOwner extends Client {
  statements = 0;
  died = false;

  constructor(
    private readonly home: SpecDatabase & { readonly ownerUrl: string },
    private readonly death: { readonly when: 'before' | 'after'; readonly statement: number },
  ) {
    super({ connectionString: home.ownerUrl });
    this.on('error', () => undefined);
  }

  override query(...parts: unknown[]): never {
    // What the machinery uses is one of the many forms of this method: text and values, answered by a promise.
    return this.ask(parts[0] as string, parts[1] as unknown[] | undefined) as never;
  }

  private async ask(text: string, values?: unknown[]): Promise<QueryResult> {
    this.statements += 1;
    const isLast = this.statements === this.death.statement;
    if (isLast && this.death.when === 'before') await this.die();
    const result = await (super.query as (text: string, values?: unknown[]) => Promise<QueryResult>).call(
      this,
      text,
      values,
    );
    if (isLast && this.death.when === 'after') {
      await this.die();
      throw new Error('The process is gone.');
    }
    return result;
  }

  private async die(): Promise<void> {
    this.died = true;
    const pid = (this as unknown as { processID: number }).processID;
    await asked(this.home, 'select pg_terminate_backend($1, 5000)', [pid]);
  }
}
