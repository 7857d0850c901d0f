import { ERASED, type DomainEvent, Personal } from '@ledgerdesk/kernel';

/** Kinds of streams whose events say how a workspace is set up. A test knows of all others why they are not among them. */
export const CONFIGURATION = ['workspace', 'member', 'team', 'role', 'apikey', 'provider'] as const;
export type ConfigurationKind = (typeof CONFIGURATION)[number];

/** A value as it stands in an audit: a text about somebody who was erased is gone here, too. */
export type ChangeValue = string | number | boolean | null | readonly ChangeValue[] | { readonly erased: true };

/** One field of one change. */
export interface Change {
  readonly field: string;
  /** What it was; null for nothing; absent where the event does not say it, so that an earlier event has to. */
  readonly from?: ChangeValue;
  readonly to: ChangeValue;
}

type Data = Readonly<Record<string, unknown>>;

/** Events that name what happened rather than what it changed. */
const NAMED: Readonly<Record<string, (data: Data) => readonly Change[]>> = {
  MemberJoined: ({ name, role }) => [
    { field: 'name', from: null, to: shown(name) },
    { field: 'role', from: null, to: shown(role) },
    { field: 'status', from: null, to: 'active' },
  ],
  MemberRoleChanged: ({ from, to }) => [{ field: 'role', from: shown(from), to: shown(to) }],
  MemberDeactivated: () => [{ field: 'status', from: 'active', to: 'deactivated' }],
  MemberReactivated: () => [{ field: 'status', from: 'deactivated', to: 'active' }],
  MemberErasureRequested: ({ reason }) => [
    { field: 'status', to: 'deactivated' },
    { field: 'reason', from: null, to: shown(reason) },
  ],
  MemberErased: () => [{ field: 'status', to: 'erased' }],
  TeamMemberAdded: ({ memberId }) => [{ field: 'memberId', from: null, to: shown(memberId) }],
  TeamMemberRemoved: ({ memberId }) => [{ field: 'memberId', from: shown(memberId), to: null }],
  RoleRetired: () => [{ field: 'retired', from: false, to: true }],
  ApiKeyCreated: ({ name, memberId, scopes, networks, expiresAt, ending }) =>
    Object.entries({ name, memberId, scopes, networks, expiresAt, ending }).map(([field, value]) => ({
      field,
      from: null,
      to: shown(value),
    })),
  ApiKeyRolled: ({ previousEnding, ending, previousGoodUntil }) => [
    { field: 'ending', from: shown(previousEnding), to: shown(ending) },
    { field: 'previousGoodUntil', to: shown(previousGoodUntil) },
  ],
  ApiKeyRevoked: () => [{ field: 'revoked', from: false, to: true }],
  TeamArchived: () => [{ field: 'archived', from: false, to: true }],
};

/**
 * What an event changed, field by field. An event that is not known by name is read as it stands: `{ from, to }` is one value or one
 * for each field, `{ …, from: { … } }` says before and after of what it names, and every other field is what it is from now on.
 * @param subject id of what the event is about, which is no change
 */
export function changesOf({ type, data }: DomainEvent, subject: string): readonly Change[] {
  const named = NAMED[type];
  if (named) return named(data as Data);
  const { from, to, ...rest } = data as Data;
  const before = isRecord(from) ? from : undefined;
  const after = isRecord(to) ? to : undefined;
  const single = !before && !after && to !== undefined ? [change('value', from ?? null, to)] : [];
  const fields = Object.entries({ ...rest, ...after }).filter(([, value]) => value !== subject);
  return [...single, ...fields.map(([field, value]) => change(field, before?.[field], value))];
}

function change(field: string, from: unknown, to: unknown): Change {
  return from === undefined ? { field, to: shown(to) } : { field, from: shown(from), to: shown(to) };
}

function shown(value: unknown): ChangeValue {
  if (value instanceof Personal) return value.text === ERASED ? { erased: true } : value.text;
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function isRecord(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Personal);
}
