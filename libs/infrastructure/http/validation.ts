import { StandardSchemaValidationPipe } from '@nestjs/common';
import { general } from './general-problems.js';
import { type PlaceError, ProblemError } from './problem.js';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Nobody corrects more than this at once, and hostile bodies could make thousands. */
const MOST_PLACES = 50;

/** Checks bodies, queries and parameters against the schema of their decorator: `@Body({ schema })`. */
export function schemaPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      new ProblemError(general.invalid, undefined, issues.slice(0, MOST_PLACES).flatMap(placesOf)),
  });
}

/** One issue, except that each unknown key is a place of its own. */
function placesOf(issue: Issue): PlaceError[] {
  const path = (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step));
  const code = 'code' in issue && typeof issue.code === 'string' ? issue.code : 'invalid';
  const keys = 'keys' in issue && Array.isArray(issue.keys) ? issue.keys.map(String) : undefined;
  if (!keys) return [{ pointer: pointerOf(path), code, message: issue.message }];
  return keys
    .slice(0, MOST_PLACES)
    .map((key) => ({ pointer: pointerOf([...path, key]), code, message: 'This key is not known.' }));
}

/** RFC 6901. */
export function pointerOf(path: readonly string[]): string {
  return path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
