import { HttpErrorResponse } from '@angular/common/http';

/** One field on which two people disagree: what we asked for, and what stands there now. */
export interface Disagreement {
  readonly field: string;
  readonly yours: unknown;
  readonly theirs: unknown;
}

/** A refusal of the api (RFC 9457), reduced to what a screen needs. */
export interface Problem {
  /** HTTP status; 0 when the api could not be reached. */
  readonly status: number;
  /** Stable code (`ticket.closed`), the key of its translation; `network` when the api could not be reached. */
  readonly code: string;
  /** English sentence of the api, for codes without a translation; what is wrong at the first place that it names, if it does. */
  readonly detail: string;
  /** Both values of every disagreement of a stale write (412). */
  readonly conflicts: readonly Disagreement[];
  readonly requestId?: string;
}

/** Reads whatever a failed request threw. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof HttpErrorResponse))
    return { status: 0, code: 'unknown', detail: String(error), conflicts: [] };
  if (error.status === 0) return { status: 0, code: 'network', detail: error.message, conflicts: [] };
  const body = bodyOf(error.error);
  return {
    status: error.status,
    code: textOf(body['code']) ?? `http.${error.status}`,
    detail: firstMessage(body['errors']) ?? textOf(body['detail']) ?? textOf(body['title']) ?? error.message,
    conflicts: Array.isArray(body['conflicts']) ? body['conflicts'].filter(isDisagreement) : [],
    ...(typeof body['requestId'] === 'string' ? { requestId: body['requestId'] } : {}),
  };
}

/** Where an operation answers nothing, its refusal arrives as text. */
function bodyOf(answer: unknown): Record<string, unknown> {
  if (isRecord(answer)) return answer;
  try {
    const parsed: unknown = typeof answer === 'string' ? JSON.parse(answer) : undefined;
    return isRecord(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/** The general detail says "one or more places"; a person needs to hear of the place. */
function firstMessage(errors: unknown): string | undefined {
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  return isRecord(first) ? textOf(first['message']) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isDisagreement(value: unknown): value is Disagreement {
  return isRecord(value) && typeof value['field'] === 'string';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
