import type { Request } from 'express';
import type { Principal } from './principal.js';

/** A request after the guard; `principal` is missing on public routes only. */
export interface MemberRequest extends Request {
  principal?: Principal;
}
