import { setTimeout as pause } from 'node:timers/promises';
import services from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { credentials } from '@grpc/grpc-js';
import { EventStoreDbEventStore } from '../eventstoredb/eventstoredb-event-store.js';
import { CHECKPOINT_EVERY } from '../eventstoredb/log-feed.js';
import type { ContractAdapter } from './adapter.js';
import { freshStream, record } from './records.js';

/** Opens event stores on an EventStoreDB on this machine, loopback or real. */
export function eventStoreDbAdapter(url: string): ContractAdapter {
  const port = Number(/:(\d+)(?=[/?]|$)/.exec(url)?.[1] ?? '2113');
  return {
    port,
    checkpointEvery: CHECKPOINT_EVERY,
    open: (options = {}) => {
      const through = options.port === undefined ? url : url.replace(`:${String(port)}`, `:${String(options.port)}`);
      return new EventStoreDbEventStore({ url: through, ...(options.timeout && { timeout: options.timeout }) });
    },
    disturb: () => disturbance(`127.0.0.1:${String(port)}`),
  };
}

/** Appends whose events come slowly; every other one is cancelled before its last. */
function disturbance(address: string): ReturnType<ContractAdapter['disturb']> {
  const stopping = new AbortController();
  const client = new services.StreamsClient(address, credentials.createInsecure());
  const running = (async () => {
    const committed: string[] = [];
    for (let round = 0; !stopping.signal.aborted; round += 1) {
      const { id, data } = record();
      const [call, answered] = begin(client);
      call.write(header(freshStream()));
      await pause(3);
      call.write(proposal(id, data));
      if (round % 2 === 0) {
        call.end();
        await answered;
        committed.push(id);
      } else {
        call.cancel();
        await answered.catch(() => undefined);
      }
    }
    client.close();
    return committed;
  })();
  return {
    stop: async () => {
      stopping.abort();
      return running;
    },
  };
}

function begin(
  client: InstanceType<typeof services.StreamsClient>,
): [ReturnType<typeof client.append>, Promise<unknown>] {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const call = client.append((error, answer) => {
    if (error) reject(error);
    else resolve(answer);
  });
  return [call, promise];
}

function header(stream: string): InstanceType<typeof streams.AppendReq> {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream));
  const options = new streams.AppendReq.Options();
  options.setStreamIdentifier(identifier);
  options.setNoStream(new shared.Empty());
  const request = new streams.AppendReq();
  request.setOptions(options);
  return request;
}

function proposal(eventId: string, data: string): InstanceType<typeof streams.AppendReq> {
  const id = new shared.UUID();
  id.setString(eventId);
  const message = new streams.AppendReq.ProposedMessage();
  message.setId(id);
  message.getMetadataMap().set('type', 'NoteAdded').set('content-type', 'application/octet-stream');
  message.setData(Buffer.from(data));
  const request = new streams.AppendReq();
  request.setProposedMessage(message);
  return request;
}
