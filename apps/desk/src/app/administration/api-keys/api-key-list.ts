import { Injectable, computed, inject, signal } from '@angular/core';
import { Api, createApiKey, listApiKeys, revokeApiKey, rollApiKey } from '@ledgerdesk/web-api';
import type { ApiKey, CreateApiKey } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';

/** The API keys of the workspace, as far as they were asked for. */
@Injectable()
export class ApiKeyList {
  private readonly api = inject(Api);
  private readonly known = signal<readonly ApiKey[] | undefined>(undefined);
  private readonly failure = signal<Problem | undefined>(undefined);
  private readonly next = signal<string | null>(null);

  readonly rows = computed<readonly ApiKey[]>(() => this.known() ?? []);
  readonly hasMore = computed(() => this.next() !== null);
  readonly loading = computed(() => this.known() === undefined && this.failure() === undefined);
  readonly problem = this.failure.asReadonly();

  constructor() {
    void this.read();
  }

  /** The first page again. */
  async read(): Promise<void> {
    await this.page([]);
  }

  async more(): Promise<void> {
    const after = this.next();
    if (after !== null) await this.page(this.rows(), after);
  }

  /** The key itself, which nobody is told again. @throws what the api refused it with */
  async create(body: CreateApiKey): Promise<string> {
    const { key } = await this.api.invoke(createApiKey, { body });
    void this.read();
    return key;
  }

  /** The new key. @throws what the api refused it with */
  async roll({ id }: ApiKey, overlapHours: number): Promise<string> {
    const { key } = await this.api.invoke(rollApiKey, { apiKeyId: id, body: { overlapHours } });
    void this.read();
    return key;
  }

  /** @throws what the api refused it with */
  async revoke({ id }: ApiKey): Promise<void> {
    await this.api.invoke(revokeApiKey, { apiKeyId: id });
    await this.read();
  }

  private async page(before: readonly ApiKey[], after?: string): Promise<void> {
    try {
      const { data, page } = await this.api.invoke(listApiKeys, after === undefined ? {} : { after });
      this.known.set([...before, ...data]);
      this.next.set(page.next);
      this.failure.set(undefined);
    } catch (error) {
      this.failure.set(problemOf(error));
    }
  }
}
