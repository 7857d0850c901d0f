import { request as plainRequest } from 'node:http';
import { request as secureRequest, type RequestOptions } from 'node:https';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { LookupFunction } from 'node:net';
import type { Peer } from './names.js';

/** What came back, as it came: nothing is decoded, unpacked or followed. */
export interface OutboundAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The first 64 kB of the body. */
  readonly body: Buffer;
  /** Whether that was all. */
  readonly isWhole: boolean;
}

export interface Exchange {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** The addresses that were looked at; no other is connected to. */
  readonly peers: readonly Peer[];
  readonly signal: AbortSignal;
  /** A certificate authority of a test. */
  readonly authority?: string;
}

const MOST_BYTES = 65_536;
/** What says where a request goes and where it ends is for us to say. */
const OURS =
  /^(?:host|connection|content-length|transfer-encoding|accept-encoding|user-agent|upgrade|expect|te|trailer|proxy-.*)$/i;

/**
 * One request and its answer over a connection of their own. Node's client is used because it does nothing by itself: no redirect,
 * no unpacking, no cookie, no proxy of the environment.
 */
export async function exchange({ url, method, headers, body, ...rest }: Exchange): Promise<OutboundAnswer> {
  const taken = Object.keys(headers).find((name) => OURS.test(name));
  if (taken !== undefined) throw new Error(`A caller must not set the header ${taken}.`);
  const options: RequestOptions = {
    method,
    headers: {
      ...headers,
      'Accept-Encoding': 'identity',
      'User-Agent': 'Ledgerdesk',
      ...(body !== undefined && { 'Content-Length': String(Buffer.byteLength(body)) }),
    },
    agent: false,
    insecureHTTPParser: false,
    maxHeaderSize: 16_384,
    lookup: pinnedTo(rest.peers),
    signal: rest.signal,
    ...(rest.authority !== undefined && { ca: rest.authority }),
  };
  const request = (url.protocol === 'https:' ? secureRequest : plainRequest)(url, options);
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('close', () => {
      reject(new Error('The connection ended without an answer.'));
    });
    request.on('error', reject);
  });
  request.end(body);
  try {
    const response = await answered;
    const { bytes, isWhole } = await read(response);
    return { status: response.statusCode ?? 0, headers: response.headers, body: bytes, isWhole };
  } finally {
    request.destroy();
  }
}

/** Stands in for the lookup of the system, so that what was looked at is what is connected to, however the name answers next time. */
function pinnedTo(peers: readonly Peer[]): LookupFunction {
  return (_host, { all }, done) => {
    const [first] = peers;
    if (all === true) done(null, [...peers]);
    else if (first) done(null, first.address, first.family);
    else done(new Error('There is no address to connect to.'), '');
  };
}

async function read(response: IncomingMessage): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST_BYTES) break;
  }
  return { bytes: Buffer.concat(chunks).subarray(0, MOST_BYTES), isWhole: length <= MOST_BYTES };
}
