import { Inject, Injectable } from '@nestjs/common';
import { CONFIGURATION, type Configuration } from '@ledgerdesk/config';
import type { Position } from '@ledgerdesk/event-store';
import { Seal } from './seal.js';

/** Positions are padded to a multiple of this, so that a token's length does not tell how long the ledger is. */
const BLOCK = 16;

/**
 * Positions of the ledger as the outside sees them: `[0-9a-z]+`, good in one workspace only, and silent about how much
 * happens in the others.
 */
@Injectable()
export class PositionTokens {
  readonly #seal: Seal;

  constructor(@Inject(CONFIGURATION) { installationKey }: Pick<Configuration, 'installationKey'>) {
    this.#seal = new Seal(installationKey, 'position-token');
  }

  seal(workspaceId: string, position: Position): string {
    const padded = position.padEnd(Math.ceil(Math.max(position.length, 1) / BLOCK) * BLOCK);
    return this.#seal.seal(workspaceId, Buffer.from(padded)).toString('hex');
  }

  /** The position, or `undefined` when the token is not one of this workspace. */
  open(workspaceId: string, token: string): Position | undefined {
    if (!/^(?:[0-9a-f]{2}){32,128}$/.test(token)) return undefined;
    return this.#seal.open(workspaceId, Buffer.from(token, 'hex'))?.toString().trimEnd();
  }
}
