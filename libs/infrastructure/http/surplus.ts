import type { ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { general } from './general-problems.js';
import { type PlaceError, ProblemError } from './problem.js';
import type { DeskRequest } from './request.js';

interface Takes {
  readonly body: boolean;
  readonly query: boolean;
}

const known = new WeakMap<object, Takes>();

/**
 * Refuses a body or query that the endpoint has no schema for; the strict schemas of the others refuse unknown keys. Nothing
 * that a caller sends is ever silently ignored.
 * @throws ProblemError 400
 */
export function refuseSurplus(request: DeskRequest, context: ExecutionContext): void {
  const takes = takenBy(context);
  const places: PlaceError[] = [];
  if (!takes.query && request.url.includes('?')) {
    for (const name of Object.keys(request.query)) places.push(surplus(`?${name}`));
  }
  if (!takes.body && request.rawBody !== undefined && !isEmptyObject(request.body)) places.push(surplus(''));
  if (places.length > 0) throw new ProblemError(general.invalid, undefined, places);
}

/** Clients often send `{}` with a POST that needs nothing. */
function isEmptyObject(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !Array.isArray(body) && Object.keys(body).length === 0;
}

function surplus(pointer: string): PlaceError {
  return { pointer, code: 'unrecognized_keys', message: 'This operation does not know it.' };
}

function takenBy(context: ExecutionContext): Takes {
  const handler = context.getHandler();
  const remembered = known.get(handler);
  if (remembered) return remembered;
  const parameters = Object.keys(
    (Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), handler.name) ?? {}) as Record<string, unknown>,
  );
  const has = (type: RouteParamtypes): boolean => parameters.some((key) => key.startsWith(`${String(type)}:`));
  const takes = { body: has(RouteParamtypes.BODY), query: has(RouteParamtypes.QUERY) };
  known.set(handler, takes);
  return takes;
}
