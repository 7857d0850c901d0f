import { setTimeout as pause } from 'node:timers/promises';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CommandRunner, EVENT_STORE, type EventStore, IssuedBy, type Position } from '@ledgerdesk/event-store';
import { forgetAnswers } from '@ledgerdesk/http';
import { type CommandContext, nameId } from '@ledgerdesk/kernel';
import { Connections, generations, type Sql, wishFor } from '@ledgerdesk/read-store';
import { EraseTicketTexts, ticketDecider } from '@ledgerdesk/tickets';
import { reachedBy, streamsAbout } from '../queries/streams-about.js';

/** Tells every ticket with texts under a destroyed key that they are gone. Safe to repeat. */
export class EraseTextsAbout extends Command<void> {
  /** @param stream where the destruction of the key is written down, at `revision` */
  constructor(
    readonly keyId: string,
    readonly stream: string,
    readonly revision: number,
  ) {
    super();
  }
}

const AT_ONCE = 8;
const PAGE = 200;
const ASK_AGAIN_MS = 100;
const LONGEST_WAIT_MS = 10_000;

@CommandHandler(EraseTextsAbout)
export class EraseTextsAboutHandler implements ICommandHandler<EraseTextsAbout> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(Connections) private readonly connections: Connections,
  ) {}

  /** @throws Error when the index of texts is too far behind: try again later */
  async execute(command: EraseTextsAbout): Promise<void> {
    const { command: issued } = IssuedBy.of(command);
    const { workspaceId } = issued;
    const { keyId, stream, revision } = command;
    const [erased] = await this.store.read(stream, { from: revision, max: 1 });
    if (!erased) throw new Error('The event of the erasure is missing.');
    await this.#indexAt(erased.position);
    for (let after = ''; ;) {
      const page = await this.connections.use((sql) =>
        streamsAbout(sql, { workspaceId, keyId, category: 'ticket', after, most: PAGE }),
      );
      for (let next = 0; next < page.length; next += AT_ONCE) {
        const tickets = page.slice(next, next + AT_ONCE);
        await Promise.all(tickets.map(({ aggregateId }) => this.#erase(aggregateId, keyId, issued)));
      }
      const last = page.at(-1);
      if (!last) break;
      after = last.id;
    }
    await this.connections.use(async (sql) => {
      await dropWhatNobodyTells(sql);
      await forgetAnswers(sql, workspaceId);
    });
  }

  /** A text that was appended before its key was destroyed is in the index once the index has come this far. */
  async #indexAt(position: Position): Promise<void> {
    const compare = this.store.compare.bind(this.store);
    for (let waited = 0; waited < LONGEST_WAIT_MS; waited += ASK_AGAIN_MS) {
      if (await this.connections.use((sql) => reachedBy(sql, position, compare))) return;
      await pause(ASK_AGAIN_MS);
    }
    throw new Error('The index of texts about people is behind.');
  }

  async #erase(ticketId: string, keyId: string, issued: CommandContext): Promise<void> {
    const context = { ...issued, commandId: nameId('erase-ticket-texts', issued.commandId, ticketId) };
    await this.runner.runAll(ticketDecider, [{ command: new EraseTicketTexts(ticketId, keyId), context }], {
      lane: 'bulk',
    });
  }
}

/** A filling of a read model that is kept for going back, while no worker of its version runs, would keep the texts for ever. */
async function dropWhatNobodyTells(sql: Sql): Promise<void> {
  for (const { state, running, table } of await generations(sql))
    if (state === 'kept' && !running) await wishFor(sql, table, 'drop');
}
