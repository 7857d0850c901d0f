import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { CommandContext, Sight } from '@ledgerdesk/kernel';

/** A request on its way through the pipeline; each step adds what it found out. */
export interface DeskRequest extends Request {
  /** Given by the caller (validated) or made here; in the answer, in problems, in logs and in the metadata of events. */
  requestId: string;
  /** Trace id of a valid `traceparent`, 32 hex digits. */
  traceId?: string;
  /** The bytes of a JSON body. */
  rawBody?: Buffer;
  /** Set by the guard on routes that are not public. */
  principal?: {
    readonly workspaceId: string;
    readonly memberId: string;
    /** The API key that asks for the member. */
    readonly key?: { readonly id: string };
    readonly impersonation?: { readonly adminId: string };
  };
  /** Set by the guard of the routes for platform admins. */
  platformAdmin?: { readonly adminId: string };
  /** Set by the guard for who does not see everything. */
  sees?: Sight | undefined;
  /** Set when the request has been taken from the budgets of its caller. */
  isCounted?: true;
  /** Set before a command endpoint runs. */
  command?: CommandContext;
  /** Id for the one thing that a command may create; the same for every retry of one request. */
  newId?: string;
}

/**
 * The `CommandContext` of a command endpoint: workspace and actor from the credential, the command id from the
 * Idempotency-Key, `basedOn` from If-Match.
 */
export const Issued = createParamDecorator((_: unknown, context: ExecutionContext): CommandContext => {
  const { command } = context.switchToHttp().getRequest<DeskRequest>();
  if (!command) throw new Error('Only a command endpoint behind the guard has a command context.');
  return command;
});

/** The id for what this command creates: a UUIDv7 that stays the same when the request is retried with its Idempotency-Key. */
export const IdToCreate = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { newId } = context.switchToHttp().getRequest<DeskRequest>();
  if (newId === undefined) throw new Error('Only a command endpoint behind the guard has an id to create.');
  return newId;
});
