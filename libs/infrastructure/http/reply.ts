import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';

/** A finished answer: text as it goes over the wire, and as it is remembered for a repeated request. */
export class Reply {
  constructor(
    readonly status: number,
    readonly headers: Readonly<Record<string, string>>,
    readonly text: string,
  ) {}

  /** The same answer with more headers. */
  with(headers: Readonly<Record<string, string>>): Reply {
    return new Reply(this.status, { ...this.headers, ...headers }, this.text);
  }

  send(response: Response): unknown {
    this.begin(response);
    return response.end(this.text);
  }

  protected begin(response: Response): void {
    response.statusCode = this.status;
    for (const [name, value] of Object.entries(this.headers)) response.setHeader(name, value);
  }
}

/** Express, except that a `Reply` goes straight to the socket: it is complete, so nothing needs to look at it again. */
export class DeskHttpAdapter extends ExpressAdapter {
  override reply(response: Response, body: unknown, statusCode?: number): unknown {
    return body instanceof Reply ? body.send(response) : (super.reply(response, body, statusCode) as unknown);
  }
}
