import { z } from 'zod';

/** A kind of refusal that clients can rely on: `code` and `status` never change once published. */
export interface Problem {
  /** Stable, dotted, e.g. `ticket.closed`. */
  readonly code: string;
  readonly status: number;
  readonly title: string;
  /** What happened and what the caller can do, for the documentation page. */
  readonly explanation: string;
}

const catalogue = new Map<string, Problem>();

/** Publishes a problem: its page exists from now on, and endpoints name it in their `problems`. */
export function defineProblem(code: string, status: number, title: string, explanation: string): Problem {
  const known = catalogue.get(code);
  if (known && known.status !== status) throw new Error(`Problem ${code} is defined with two statuses.`);
  const problem = { code, status, title, explanation };
  catalogue.set(code, problem);
  return problem;
}

export function problemOfCode(code: string): Problem | undefined {
  return catalogue.get(code);
}

export function publishedProblems(): readonly Problem[] {
  return [...catalogue.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/** One wrong place in a request. `pointer` is a JSON pointer into the body, or `?name` for a query, `@name` for a header. */
export interface PlaceError {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** Refuses a request with a published problem. Everything in it is shown to the caller. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly problem: Problem,
    readonly detail: string = problem.explanation,
    readonly places: readonly PlaceError[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }
}

/** The body of every refused request (RFC 9457, `application/problem+json`). */
export const problemDocument = z
  .object({
    type: z.string().meta({ description: 'Address of a page that explains the problem' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().meta({ description: 'Path of the refused request' }),
    code: z.string().meta({ description: 'Stable; decide by this' }),
    requestId: z.string(),
    traceId: z.string().optional(),
    errors: z
      .array(z.object({ pointer: z.string(), code: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'The wrong places: a JSON pointer into the body, ?name for a query, @name for a header' }),
    conflicts: z
      .array(z.object({ field: z.string(), yours: z.unknown(), theirs: z.unknown() }))
      .optional()
      .meta({ description: 'Both values of every field that somebody else changed meanwhile' }),
  })
  .meta({ id: 'Problem' });

export type ProblemDocument = z.infer<typeof problemDocument>;
