import { Injectable, computed, inject, signal } from '@angular/core';
import { Api, changeSecurityPolicy, getWorkspace } from '@ledgerdesk/web-api';
import type { ChangeSecurityPolicy, Workspace } from '@ledgerdesk/web-api';
import { problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';

/** The security policy of the workspace as the api said last, and the version that it is of. */
@Injectable()
export class SecurityPolicyStore {
  private readonly api = inject(Api);
  private readonly answer = signal<Workspace | undefined>(undefined);
  private readonly failure = signal<Problem | undefined>(undefined);
  private etag = '*';

  readonly workspace = this.answer.asReadonly();
  readonly problem = this.failure.asReadonly();
  readonly loading = computed(() => this.answer() === undefined && this.failure() === undefined);

  constructor() {
    void this.read();
  }

  async read(): Promise<void> {
    try {
      const { body, headers } = await this.api.invoke$Response(getWorkspace);
      this.answer.set(body);
      this.etag = headers.get('ETag') ?? '*';
      this.failure.set(undefined);
    } catch (error) {
      this.failure.set(problemOf(error));
    }
  }

  /**
   * Based on what was read; when somebody else changed the same meanwhile, what they chose is shown.
   * @throws what the api refused it with
   */
  async change(body: ChangeSecurityPolicy): Promise<void> {
    try {
      const changed = await this.api.invoke$Response(changeSecurityPolicy, { 'If-Match': this.etag, body });
      this.answer.set(changed.body);
      this.etag = changed.headers.get('ETag') ?? '*';
    } catch (error) {
      if (problemOf(error).status === 412) await this.read();
      throw error;
    }
  }
}
