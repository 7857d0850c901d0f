import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { Reply } from './reply.js';

/** The body of an answer that is made while it is sent, as slowly as the caller reads it, and kept as a file. */
export class Download {
  constructor(
    readonly chunks: AsyncIterable<string | Uint8Array>,
    readonly contentType: string,
    readonly fileName: string,
  ) {}
}

/** An answer that is not finished when its headers go out. One that fails later is cut off, so nobody takes a part for the whole. */
export class DownloadReply extends Reply {
  constructor(
    status: number,
    headers: Readonly<Record<string, string>>,
    private readonly chunks: AsyncIterable<string | Uint8Array>,
  ) {
    super(status, headers, '');
  }

  override with(headers: Readonly<Record<string, string>>): DownloadReply {
    return new DownloadReply(this.status, { ...this.headers, ...headers }, this.chunks);
  }

  override async send(response: Response): Promise<void> {
    this.begin(response);
    // Whoever went away in the middle, or what failed, the connection is closed by now and nobody is left to be told.
    await pipeline(Readable.from(this.chunks), response).catch(() => undefined);
  }
}
