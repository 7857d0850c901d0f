import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { Metadata, type ServerWritableStream, status } from '@grpc/grpc-js';
import type { LoggedEvent, LoopbackLog } from './loopback-log.js';
import {
  caughtUpMessage,
  checkpointMessage,
  confirmationMessage,
  eventMessage,
  streamNotFoundMessage,
} from './messages.js';

type ReadStream = ServerWritableStream<ReadReq, ReadResp>;

const BACKWARDS = 1;

/** Read: of one stream, of everything, or of everything for ever. */
export function readCall(log: LoopbackLog) {
  return (call: ReadStream): void => {
    const stop = new AbortController();
    call.on('cancelled', () => {
      stop.abort();
    });
    call.on('error', () => {
      stop.abort();
    });
    void answer(log, call, stop.signal).then(
      () => call.end(),
      (error: unknown) => call.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  };
}

async function answer(log: LoopbackLog, call: ReadStream, stop: AbortSignal): Promise<void> {
  const options = call.request.getOptions();
  if (!options) throw unsupported('a read without options');
  if (options.hasSubscription()) return follow(log, call, options, stop);
  if (options.hasFilter()) throw unsupported('a filter on a read');
  const events = options.hasStream() ? streamRead(log, options) : allRead(log, options);
  if (!events) {
    const name = options.getStream()?.getStreamIdentifier()?.getStreamName_asU8() ?? [];
    return write(call, streamNotFoundMessage(Buffer.from(name).toString()), stop);
  }
  for (const event of events.slice(0, Number(options.getCount()))) {
    if (stop.aborted) return;
    await write(call, eventMessage(event), stop);
  }
}

/** Reads include the revision that they begin at. */
function streamRead(log: LoopbackLog, options: ReadReq.Options): readonly LoggedEvent[] | undefined {
  const wanted = options.getStream();
  const events = log.stream(Buffer.from(wanted?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString());
  if (!events || !wanted) return undefined;
  const from = wanted.hasRevision() ? Number(wanted.getRevision()) : undefined;
  const backwards = (options.getReadDirection() as number) === BACKWARDS;
  return backwards ? events.slice(0, (from ?? events.length) + 1).toReversed() : events.slice(from ?? 0);
}

function allRead(log: LoopbackLog, options: ReadReq.Options): readonly LoggedEvent[] {
  const wanted = options.getAll();
  const backwards = (options.getReadDirection() as number) === BACKWARDS;
  const position = wanted?.hasPosition() ? BigInt(wanted.getPosition()?.getCommitPosition() ?? 0) : undefined;
  // Forwards from a position with its event, backwards from a position without it, as the server has it.
  if (!backwards) return position === undefined ? log.events : log.events.slice(log.indexAfter(position - 1n));
  return log.events.slice(0, position === undefined ? log.events.length : log.indexAfter(position - 1n)).toReversed();
}

/**
 * A subscription excludes the position that it begins behind. It sends a checkpoint after every so many events looked at, one when
 * it has reached the end, and then that it has caught up.
 */
async function follow(log: LoopbackLog, call: ReadStream, options: ReadReq.Options, stop: AbortSignal): Promise<void> {
  const filter = options.getFilter();
  if (!filter) throw unsupported('a subscription without a filter');
  const interval = (filter.hasMax() ? filter.getMax() : 32) * filter.getCheckpointintervalmultiplier();
  const isWanted = filterOf(filter);
  const all = options.getAll();
  let next = all?.hasEnd() ? log.events.length : 0;
  if (all?.hasPosition()) next = log.indexAfter(BigInt(all.getPosition()?.getCommitPosition() ?? 0));
  let considered = 0;
  let caughtUp = false;
  await write(call, confirmationMessage(randomUUID()), stop);
  while (!stop.aborted) {
    const event = log.events[next];
    if (event) {
      next += 1;
      considered += 1;
      if (isWanted(event)) await write(call, eventMessage(event), stop);
      if (considered % interval === 0) await write(call, checkpointMessage(event.position), stop);
    } else if (!caughtUp) {
      const last = log.events[next - 1];
      if (last && considered > 0) await write(call, checkpointMessage(last.position), stop);
      await write(call, caughtUpMessage(), stop);
      caughtUp = true;
    } else {
      await log.more(stop);
    }
  }
}

function filterOf(filter: ReadReq.Options.FilterOptions): (event: LoggedEvent) => boolean {
  const expression = filter.getStreamIdentifier();
  if (!expression) throw unsupported('a filter by type');
  if (expression.getRegex() !== '') {
    const pattern = new RegExp(expression.getRegex());
    return ({ stream }) => pattern.test(stream);
  }
  const prefixes = expression.getPrefixList();
  return ({ stream }) => prefixes.some((prefix) => stream.startsWith(prefix));
}

async function write(call: ReadStream, message: ReadResp, stop: AbortSignal): Promise<void> {
  if (stop.aborted || call.write(message)) return;
  await once(call, 'drain', { signal: stop }).catch(() => undefined);
}

function unsupported(what: string): Error {
  const details = `The loopback server does not know ${what}.`;
  return Object.assign(new Error(details), { code: status.UNIMPLEMENTED, details, metadata: new Metadata() });
}
