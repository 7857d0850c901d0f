import { Injectable, computed, inject, signal } from '@angular/core';
import { Api, configureWorkspace, getWorkspace } from '@ledgerdesk/web-api';
import type { ConfigureWorkspace, Workspace } from '@ledgerdesk/web-api';
import { Session, problemOf } from '@ledgerdesk/web-session';
import type { Problem } from '@ledgerdesk/web-session';

/** The settings of the workspace as the api said last, and the version that they are of. */
@Injectable()
export class WorkspaceSettings {
  private readonly api = inject(Api);
  private readonly session = inject(Session);
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
      this.take(await this.api.invoke$Response(getWorkspace));
      this.failure.set(undefined);
    } catch (error) {
      this.failure.set(problemOf(error));
    }
  }

  /**
   * Changes the named settings, based on what was read.
   * @param insist also where somebody else changed the same setting meanwhile
   * @throws what the api refused it with
   */
  async configure(body: ConfigureWorkspace, insist = false): Promise<void> {
    this.take(await this.api.invoke$Response(configureWorkspace, { 'If-Match': insist ? '*' : this.etag, body }));
    // The rail and the clock of the desk show some of them.
    await this.session.reread();
  }

  private take({
    body,
    headers,
  }: {
    readonly body: Workspace;
    readonly headers: { get(name: string): string | null };
  }): void {
    this.answer.set(body);
    this.etag = headers.get('ETag') ?? '*';
  }
}
