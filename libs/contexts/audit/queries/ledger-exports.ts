import { Inject, Injectable } from '@nestjs/common';
import { Abilities, authorize, type Principal } from '@ledgerdesk/auth';
import { CommandRunner, KeyRing } from '@ledgerdesk/event-store';
import { Download } from '@ledgerdesk/http';
import { type CommandContext, DomainError, newId } from '@ledgerdesk/kernel';
import {
  exportInProgress,
  finishedExport,
  keepFileKey,
  type LedgerExport,
  listExports,
  MoveRefused,
  requestExport,
  storedFile,
} from '@ledgerdesk/portability';
import { ReadStore } from '@ledgerdesk/read-store';
import { Directory } from '@ledgerdesk/workspaces';
import { DownloadLedgerExport, ledgerExportDecider, RequestLedgerExport } from '../domain/ledger-export.decider.js';
import type { LedgerExportView } from '../http/ledger-export.schemas.js';

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The ledger of the workspace as a file: asked for here, made by a worker, kept for a day. Who asks and who takes it is in the ledger. */
@Injectable()
export class LedgerExports {
  constructor(
    @Inject(ReadStore) private readonly store: ReadStore,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(KeyRing) private readonly ring: KeyRing,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(Abilities) private readonly abilities: Abilities,
  ) {}

  /**
   * While one is being made, it is the answer.
   * @throws DomainError forbidden when keys are asked for by a role that may not have them, `ledger-export.passphrase-weak`
   */
  async request(
    member: Principal,
    id: string,
    passphrase: string | undefined,
    issued: CommandContext,
  ): Promise<LedgerExportView> {
    const { workspaceId, memberId } = member;
    if (passphrase !== undefined) authorize(this.abilities.abilityFor(member), 'export-keys', 'Ledger');
    const known = await this.#inProgress(workspaceId, id);
    if (known) return viewOf(known);
    const slug = (await this.directory.workspace(workspaceId))?.slug ?? '';
    const key = { protection: null, wrappedKey: null };
    const kept = passphrase === undefined ? key : await this.#keep(workspaceId, id, passphrase);
    await this.runner.run(ledgerExportDecider, new RequestLedgerExport(id, memberId, passphrase !== undefined), issued);
    await this.store.run(workspaceId, (sql) =>
      requestExport(sql, { id, workspaceId, slug, requestedBy: `member:${memberId}`, ...kept }),
    );
    const made = await this.#inProgress(workspaceId, id);
    if (!made) throw new Error('An export that was asked for is not there.');
    return viewOf(made);
  }

  async list({ workspaceId }: Principal): Promise<LedgerExportView[]> {
    return (await this.store.run(workspaceId, (sql) => listExports(sql))).map(viewOf);
  }

  /** @throws DomainError not-found `ledger-export.not-found`, forbidden when it holds keys and the role may not have them */
  async download(member: Principal, id: string): Promise<Download> {
    const { workspaceId, memberId } = member;
    const found = UUID.test(id) ? await this.store.run(workspaceId, (sql) => finishedExport(sql, id)) : undefined;
    if (!found) throw new DomainError('not-found', 'ledger-export.not-found', 'There is no such export.');
    if (found.withKeys) authorize(this.abilities.abilityFor(member), 'export-keys', 'Ledger');
    const commandId = newId();
    await this.runner.run(ledgerExportDecider, new DownloadLedgerExport(id, memberId, found.digest ?? ''), {
      workspaceId,
      actor: `member:${memberId}`,
      commandId,
      correlationId: commandId,
    });
    const day = found.requestedAt.toISOString().slice(0, 10);
    const chunks = storedFile(this.store, workspaceId, id);
    return new Download(chunks, 'application/gzip', `${found.slug}-${day}.ledger.gz`);
  }

  async #keep(workspaceId: string, id: string, passphrase: string): ReturnType<typeof keepFileKey> {
    try {
      return await keepFileKey(this.ring, workspaceId, id, passphrase);
    } catch (error) {
      if (!(error instanceof MoveRefused)) throw error;
      throw new DomainError('invalid', 'ledger-export.passphrase-weak', error.message);
    }
  }

  async #inProgress(workspaceId: string, id: string): Promise<LedgerExport | undefined> {
    return this.store.run(workspaceId, (sql) => exportInProgress(sql, id));
  }
}

function viewOf({ slug: _slug, requestedAt, expiresAt, events, bytes, ...rest }: LedgerExport): LedgerExportView {
  return {
    ...rest,
    requestedAt: requestedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    events: Number(events),
    bytes: Number(bytes),
  };
}
