import { Inject, Injectable } from '@nestjs/common';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import { general } from './general-problems.js';
import { ProblemError } from './problem.js';
import { Seal } from './seal.js';

/** One value of a keyset: what the next page starts after. */
export type CursorValue = string | number | null;

/** Longer ones were not made here. */
const LONGEST = 2_048;

/** Opaque cursors of lists, good only in the workspace and for the list (operation, filter and order) that gave them out. */
@Injectable()
export class Cursors {
  readonly #seal: Seal;

  constructor(@Inject(CONFIGURATION) { installationKey }: Pick<Configuration, 'installationKey'>) {
    this.#seal = new Seal(installationKey, 'cursor');
  }

  /** @param list names the question, e.g. `listTickets` and its filter as JSON; a cursor works for the same text only */
  seal(workspaceId: string, list: string, values: readonly CursorValue[]): string {
    return this.#seal.seal(`${workspaceId}|${list}`, Buffer.from(JSON.stringify(values))).toString('base64url');
  }

  /** @throws ProblemError 400 when the cursor belongs to another list or workspace, or was not made here */
  open(workspaceId: string, list: string, cursor: string): readonly CursorValue[] {
    const sealed = cursor.length > LONGEST ? Buffer.of() : Buffer.from(cursor, 'base64url');
    const text = this.#seal.open(`${workspaceId}|${list}`, sealed);
    if (text) return JSON.parse(text.toString()) as CursorValue[];
    throw new ProblemError(general.invalid, 'The cursor does not belong to this list.', [
      {
        pointer: '?after',
        code: 'cursor.unknown',
        message: 'Start again without a cursor, or keep the filter that it was made for.',
      },
    ]);
  }
}
