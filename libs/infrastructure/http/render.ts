import { Inject, Injectable } from '@nestjs/common';
import { Answer, type AnswerFacts, JsonText } from './answer.js';
import { Download, DownloadReply } from './download.js';
import { etagOf, isKnown } from './etag.js';
import { issuerOf } from './issuer.js';
import { PositionTokens } from './position-tokens.js';
import { Reply } from './reply.js';
import type { DeskRequest } from './request.js';

/** Turns what an endpoint returned into the bytes and headers of its answer. */
@Injectable()
export class Renderer {
  constructor(@Inject(PositionTokens) private readonly positions: PositionTokens) {}

  render(request: DeskRequest, status: number, value: unknown): Reply {
    const { body, facts } = asAnswer(value);
    if (body === undefined) return new Reply(status, this.#headers(request, facts), '');
    if (body instanceof Download) {
      const { contentType, fileName, chunks } = body;
      const kept = { 'Content-Type': contentType, 'Content-Disposition': `attachment; filename="${fileName}"` };
      return new DownloadReply(status, { ...kept, ...this.#headers(request, facts) }, chunks);
    }
    const text = body instanceof JsonText ? body.text : JSON.stringify(body);
    const headers = { 'Content-Type': 'application/json; charset=utf-8', ...this.#headers(request, facts) };
    if (facts.version === undefined) return new Reply(status, headers, text);
    const etag = etagOf(facts.version, text);
    const known = request.method === 'GET' && isKnown(etag, request.headers['if-none-match']);
    return known ? new Reply(304, { ETag: etag }, '') : new Reply(status, { ...headers, ETag: etag }, text);
  }

  #headers(request: DeskRequest, { position, location, next }: AnswerFacts): Record<string, string> {
    const issuer = issuerOf(request);
    return {
      ...(position !== undefined && issuer && { 'Ledger-Position': this.positions.seal(issuer.workspaceId, position) }),
      ...(location !== undefined && { Location: location }),
      ...(next !== undefined && { Link: `<${addressAfter(request, next)}>; rel="next"` }),
    };
  }
}

function asAnswer(value: unknown): { readonly body: unknown; readonly facts: AnswerFacts } {
  return value instanceof Answer ? (value as Answer<object>) : { body: value, facts: {} };
}

/** The address of this request, continued after `cursor`. */
function addressAfter(request: DeskRequest, cursor: string): string {
  const address = new URL(request.originalUrl, 'http://desk');
  address.searchParams.set('after', cursor);
  return `${address.pathname}${address.search}`;
}
