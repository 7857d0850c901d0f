import type { TranslocoService } from '@jsverse/transloco';
import type { Disagreement, Problem } from '@ledgerdesk/web-session';

/** Why something was refused, in the person's language; the api's own sentence when the code has no translation. */
export function refusalText(problem: Problem, texts: TranslocoService): string {
  if (problem.conflicts.length > 0) return problem.conflicts.map((conflict) => conflictText(conflict, texts)).join(' ');
  return refusalOfCode(problem.code, texts, problem.detail);
}

/** The same for a code alone; `otherwise` for one that has no translation. */
export function refusalOfCode(code: string, texts: TranslocoService, otherwise = code): string {
  const key = `problems.${code.replaceAll('.', '_')}`;
  const text = texts.translate(key);
  return text === key ? otherwise : text;
}

function conflictText({ field, yours, theirs }: Disagreement, texts: TranslocoService): string {
  return texts.translate('ticket.conflict', { field, yours: shown(yours), theirs: shown(theirs) });
}

function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '–';
}
