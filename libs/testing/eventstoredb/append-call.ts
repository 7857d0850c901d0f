import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { Metadata, type sendUnaryData, type ServerReadableStream, status } from '@grpc/grpc-js';
import type { LoopbackLog, ProposedEvent } from './loopback-log.js';
import { successMessage, wrongRevisionMessage } from './messages.js';

/** Which half of an append gets lost with its connection. */
export type LostHalf = 'request' | 'answer';

export interface AppendFaults {
  /** What happens to the append that has just arrived; asked once for each. */
  nextLoss(): LostHalf | undefined;
  /** Breaks every connection. */
  cut(): void;
}

const ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** The largest that a real server can be told to take, see the compose file. */
const MOST_BYTES = 16_252_928;

/** Append: a header with stream and expected revision, then one message for each event. */
export function appendCall(log: LoopbackLog, faults: AppendFaults) {
  return (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void => {
    const events: ProposedEvent[] = [];
    let header: AppendReq.Options | undefined;
    call.on('data', (request: AppendReq) => {
      if (request.hasOptions()) header = request.getOptions();
      else events.push(proposed(request));
    });
    call.on('error', () => undefined);
    const complete = (): void => {
      // A client that goes away in the middle has appended nothing.
      if (call.cancelled || !header || events.length === 0) return;
      const loss = faults.nextLoss();
      if (loss === 'request') {
        faults.cut();
        return;
      }
      const result = stored(log, header, events);
      if (loss === 'answer') faults.cut();
      else if ('code' in result) answer(result);
      else answer(null, result);
    };
    // The end of a call that was cancelled looks like any other until the turn of the event loop is over.
    call.on('end', () => setImmediate(complete));
  };
}

function proposed(request: AppendReq): ProposedEvent {
  const message = request.getProposedMessage();
  if (!message) throw new Error('A message of an append is neither its header nor an event.');
  const properties = message.getMetadataMap();
  return {
    id: (message.getId()?.getString() ?? '').toLowerCase(),
    type: properties.get('type') ?? '',
    contentType: properties.get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

interface Refusal extends Error {
  readonly code: status;
  readonly details: string;
  readonly metadata: Metadata;
}

function stored(log: LoopbackLog, header: AppendReq.Options, events: readonly ProposedEvent[]): AppendResp | Refusal {
  const stream = Buffer.from(header.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString();
  if (!events.every(({ id }) => ID.test(id))) return refusal(status.UNKNOWN, 'Exception was thrown by handler.');
  const bytes = events.reduce(
    (sum, { data, metadata, type }) => sum + data.length + metadata.length + 2 * type.length,
    0,
  );
  if (bytes > MOST_BYTES) {
    const most = { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(MOST_BYTES) };
    return refusal(status.INVALID_ARGUMENT, 'Maximum Append Size Exceeded.', most);
  }
  if (!header.hasRevision() && !header.hasNoStream()) return refusal(status.UNIMPLEMENTED, 'Only exact revisions.');
  const expected = header.hasNoStream() ? -1 : Number(header.getRevision());
  const outcome = log.append(stream, expected, events);
  switch (outcome.kind) {
    case 'success':
      return successMessage(outcome.last);
    case 'wrong-revision':
      return wrongRevisionMessage(expected, outcome.actual);
    case 'corrupted':
      return refusal(status.INVALID_ARGUMENT, 'Invalid Transaction', { exception: 'invalid-transaction' });
  }
}

function refusal(code: status, details: string, properties: Readonly<Record<string, string>> = {}): Refusal {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(properties)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
}
