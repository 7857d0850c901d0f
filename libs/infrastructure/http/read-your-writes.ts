import { Inject, Injectable } from '@nestjs/common';
import { ProjectionProgress } from '@ledgerdesk/read-store';
import { general } from './general-problems.js';
import { issuerOf } from './issuer.js';
import { PositionTokens } from './position-tokens.js';
import { ProblemError } from './problem.js';
import type { DeskRequest } from './request.js';

/** Longest time in milliseconds that a read waits for a read model. */
const LONGEST_WAIT = 2_000;

/** Lets a read that sends the `Ledger-Position` of a write wait until it shows that write. */
@Injectable()
export class ReadYourWrites {
  constructor(
    @Inject(ProjectionProgress) private readonly progress: ProjectionProgress,
    @Inject(PositionTokens) private readonly tokens: PositionTokens,
  ) {}

  /**
   * Whether the answer may still miss what the caller has written.
   * @throws ProblemError 400 when the token does not belong to this workspace
   */
  async isStale(request: DeskRequest, projections: readonly string[]): Promise<boolean> {
    const token = request.headers['ledger-position'];
    const issuer = issuerOf(request);
    if (token === undefined || !issuer || projections.length === 0) return false;
    const position = this.tokens.open(issuer.workspaceId, String(token));
    if (position === undefined) {
      throw new ProblemError(general.invalid, 'Ledger-Position is not a token of this workspace.', [
        {
          pointer: '@Ledger-Position',
          code: 'position.unknown',
          message: 'Send it exactly as a write has answered it.',
        },
      ]);
    }
    const waits = projections.map((name) => this.progress.waitFor(name, position, LONGEST_WAIT));
    return (await Promise.all(waits)).includes('stale');
  }
}
