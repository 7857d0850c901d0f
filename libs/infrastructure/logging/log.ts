import { type DestinationStream, destination, pino } from 'pino';

/** A secret never belongs in a log; these are the names under which one could get there by mistake. */
const SECRET = [
  'authorization',
  'cookie',
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'secret',
  'installationKey',
  'body',
];

/** Facts of one line, beside its message. */
export type LogFacts = object;

export interface LogOptions {
  readonly level: string;
  /** Name of the process: `api`, `worker`. */
  readonly process: string;
  /** By default the standard output, written in chunks. */
  readonly stream?: DestinationStream;
}

/**
 * JSON lines for machines. ERROR means that a person must act. Never hand it bodies, secrets or personal texts: the
 * redaction of well-known names is only a net.
 */
export class Log {
  readonly #pino;

  constructor({ level, process, stream }: LogOptions) {
    this.#pino = pino(
      {
        level,
        base: { process },
        timestamp: () => `,"time":"${new Date().toISOString()}"`,
        formatters: { level: (label) => ({ level: label }) },
        redact: { paths: [...SECRET], censor: '[removed]' },
        serializers: { err: withoutValues },
      },
      stream ?? destination({ dest: 1, sync: false, minLength: 12_288, periodicFlush: 200 }),
    );
  }

  debug(facts: LogFacts, message: string): void {
    this.#pino.debug(facts, message);
  }

  info(facts: LogFacts, message: string): void {
    this.#pino.info(facts, message);
  }

  warn(facts: LogFacts, message: string): void {
    this.#pino.warn(facts, message);
  }

  /** Somebody must act. */
  error(facts: LogFacts, message: string): void {
    this.#pino.error(facts, message);
  }

  /** Writes out what is still buffered. */
  flush(): void {
    this.#pino.flush();
  }
}

/** Only what says where it happened: errors of Postgres carry values of rows in their other fields. */
function withoutValues(error: unknown): object {
  if (!(error instanceof Error)) return { message: typeof error === 'string' ? error : 'not an error' };
  const { name, message, stack, cause } = error;
  return {
    name,
    message,
    ...('code' in error && { code: error.code }),
    stack,
    ...(cause !== undefined && { cause: withoutValues(cause) }),
  };
}
