import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import featureMessages from '@eventstore/db-client/generated/serverfeatures_pb.js';
import services from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { type handleUnaryCall, Metadata, Server, ServerCredentials, status } from '@grpc/grpc-js';
import { StandIn } from '../stand-in.js';
import { appendCall, type LostHalf } from './append-call.js';
import { LoopbackLog } from './loopback-log.js';
import { readCall } from './read-call.js';

const LARGEST_MESSAGE = 17 * 1024 * 1024;

/**
 * Speaks the part of EventStoreDB's protocol that our adapter uses, from memory, on 127.0.0.1: for tests on a machine that has no
 * EventStoreDB. What it answers was taken from the server's source, not from a running server, so a green test over it says nothing
 * about a real server; `EVENTSTORE_TEST_URL` runs the same suite against one.
 */
export class LoopbackEventStoreDb {
  readonly log = new LoopbackLog();
  readonly #server = new Server({
    'grpc.max_receive_message_length': LARGEST_MESSAGE,
    'grpc.max_send_message_length': LARGEST_MESSAGE,
  });
  readonly #losses: LostHalf[] = [];
  #door: StandIn | undefined;

  private constructor() {
    const faults = {
      nextLoss: () => this.#losses.shift(),
      cut: () => {
        this.#door?.cut();
      },
    };
    const streams = { append: appendCall(this.log, faults), read: readCall(this.log), ...UNSUPPORTED };
    this.#server.addService(services.StreamsService, streams);
    this.#server.addService(features.ServerFeaturesService, { getSupportedMethods });
  }

  /** @param port where clients find it; a free one by default */
  static async start(port = 0): Promise<LoopbackEventStoreDb> {
    const loopback = new LoopbackEventStoreDb();
    const inner = await new Promise<number>((resolve, reject) => {
      loopback.#server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => {
        if (error) reject(error);
        else resolve(bound);
      });
    });
    loopback.#door = await StandIn.before(inner, port);
    return loopback;
  }

  get port(): number {
    return this.#door?.port ?? 0;
  }

  get url(): string {
    return `esdb://127.0.0.1:${String(this.port)}?tls=false`;
  }

  /** The next appends lose their connection: before they are stored, or after it, before the answer. */
  lose(...halves: readonly LostHalf[]): void {
    this.#losses.push(...halves);
  }

  /** Breaks every connection; new ones are taken. */
  cut(): void {
    this.#door?.cut();
  }

  /** Answers nothing any more and keeps the connections open. */
  hang(): void {
    this.#door?.fallSilent();
  }

  /** Takes no connections until `recover`. */
  refuse(): void {
    this.#door?.refuse();
  }

  /** As if nothing had happened, over new connections. */
  recover(): void {
    this.#door?.recover();
  }

  async stop(): Promise<void> {
    this.#server.forceShutdown();
    await this.#door?.close();
  }
}

/**
 * A real server takes batches too. The client's way of sending them is broken, so our adapter must never take it: here it would
 * notice at once.
 */
const UNSUPPORTED = {
  batchAppend: (call: { destroy(error: Error): void }): void => {
    const details = 'The adapter must append with credentials, see its README.';
    call.destroy(Object.assign(new Error(details), { code: status.UNIMPLEMENTED, details, metadata: new Metadata() }));
  },
};

const getSupportedMethods: handleUnaryCall<unknown, unknown> = (_call, answer) => {
  const supported = new featureMessages.SupportedMethods();
  supported.setEventStoreServerVersion('24.10.6');
  for (const name of ['append', 'batchappend', 'read']) {
    const method = new featureMessages.SupportedMethod();
    method.setServiceName('event_store.client.streams.streams');
    method.setMethodName(name);
    supported.addMethods(method);
  }
  answer(null, supported);
};
