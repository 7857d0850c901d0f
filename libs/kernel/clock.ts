/** The only source of "now", so that a test can set it and a node can be disciplined to the database's clock. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
