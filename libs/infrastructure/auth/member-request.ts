import type { Request } from 'express';
import type { Sight } from '@ledgerdesk/kernel';
import type { Principal } from './principal.js';

/** A request after the guard; `principal` is missing on public routes only. */
export interface MemberRequest extends Request {
  principal?: Principal;
  /** What the commands of this request are held against; absent for who sees everything. */
  sees?: Sight | undefined;
}
