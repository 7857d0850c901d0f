import { Writable } from 'node:stream';
import type { Connections, ReadStore } from '@ledgerdesk/read-store';
import { addPart, type ClaimedExport, exportPart } from './ledger-export-table.js';

const PART_BYTES = 512 * 1024;
/** Larger workspaces are exported on the command line, into a file. */
const MOST_BYTES = 2 * 1024 ** 3;

/** The file was taken over by another process, or is too large to keep. */
export class StoredFileStopped extends Error {
  override readonly name = 'StoredFileStopped';
}

/** Keeps what is written to it as parts of a claimed export. */
export class StoredFile extends Writable {
  private rest: Buffer[] = [];
  private restBytes = 0;
  private parts = 0;

  constructor(
    private readonly connections: Connections,
    private readonly claimed: ClaimedExport,
  ) {
    super({ highWaterMark: PART_BYTES });
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    this.rest.push(chunk);
    this.restBytes += chunk.length;
    if (this.restBytes < PART_BYTES) done();
    else this.flush().then(done.bind(undefined, undefined), done);
  }

  override _final(done: (error?: Error) => void): void {
    this.flush().then(done.bind(undefined, undefined), done);
  }

  private async flush(): Promise<void> {
    if (this.restBytes === 0) return;
    const bytes = Buffer.concat(this.rest);
    this.rest = [];
    this.restBytes = 0;
    if ((this.parts + 1) * PART_BYTES > MOST_BYTES) throw new StoredFileStopped('The export is larger than 2 GiB.');
    const { connections, claimed, parts } = this;
    if (!(await connections.use((sql) => addPart(sql, claimed, parts, bytes)))) {
      throw new StoredFileStopped('Another process makes this export now.');
    }
    this.parts += 1;
  }
}

/** The bytes of a finished export, one part at a time and as fast as they are taken. */
export async function* storedFile(store: ReadStore, workspaceId: string, id: string): AsyncGenerator<Buffer> {
  for (let number = 0; ; number += 1) {
    const part = await store.run(workspaceId, (sql) => exportPart(sql, id, number));
    if (!part) return;
    yield part;
  }
}
