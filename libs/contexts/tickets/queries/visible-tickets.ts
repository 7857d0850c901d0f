import type { DeskAbility } from '@ledgerdesk/auth';
import type { ColumnFilter, SearchFilter } from '../read-models/search-wanted.js';

/** Collects the values of a statement and gives out their placeholders, so that no text of a person ever becomes SQL. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(value);
    return `$${String(this.values.length)}`;
  }
}

/** Fields of a ticket that a permission may name in its conditions, with their columns in the inbox and the types of these. */
const COLUMNS: Readonly<Record<string, { readonly column: string; readonly type: 'uuid' | 'text' }>> = {
  assigneeId: { column: 'assignee_id', type: 'uuid' },
  teamId: { column: 'team_id', type: 'uuid' },
  status: { column: 'status', type: 'text' },
};

/** One condition of a rule: the column is empty, or holds one of the values. */
interface Comparison {
  readonly column: string;
  readonly type: 'uuid' | 'text';
  readonly values: readonly string[] | null;
}

/**
 * The part of a `where` clause that confines rows of the inbox to the tickets an ability may read. Lists, counts and single tickets
 * use it, and searches once more behind `visibleFilters`.
 */
export function visibleTickets(ability: DeskAbility, parameters: Parameters): string {
  const clauses = comparisons(ability).map((all) =>
    all.map((one) => sqlOf(one, parameters)).reduce((one, other) => `${one} and ${other}`, 'true'),
  );
  if (clauses.length === 0) return 'false';
  return `(${clauses.map((clause) => `(${clause})`).join(' or ')})`;
}

/** The same for `search_tickets`, which has to know it before it counts off a page; none for who sees everything. */
export function visibleFilters(ability: DeskAbility): readonly SearchFilter[] {
  const rules = comparisons(ability);
  if (rules.some((all) => all.length === 0)) return [];
  const any = rules.map((all) => all.map((one) => ({ ...filterOf(one), not: false })));
  return [{ any, not: false }];
}

/** The rules that let an ability read tickets: one of them must hold, with all of its comparisons. */
function comparisons(ability: DeskAbility): readonly (readonly Comparison[])[] {
  const rules = ability.rulesFor('read', 'Ticket');
  if (rules.some(({ inverted }) => inverted)) throw new Error('Permissions for tickets only allow.');
  return rules.map(({ conditions = {} }) => Object.entries(conditions).map(comparison));
}

function comparison([field, expected]: [string, unknown]): Comparison {
  const known = Object.hasOwn(COLUMNS, field) ? COLUMNS[field] : undefined;
  if (known === undefined) throw new Error(`A permission for tickets can not depend on ${field}.`);
  if (expected === null) return { ...known, values: null };
  if (typeof expected === 'string') return { ...known, values: [expected] };
  if (typeof expected === 'object' && '$in' in expected && Array.isArray(expected.$in)) {
    return { ...known, values: expected.$in.map(String) };
  }
  throw new Error(`A permission for tickets can not compare ${field} like this.`);
}

function sqlOf({ column, type, values }: Comparison, parameters: Parameters): string {
  if (values === null) return `inbox.${column} is null`;
  return `inbox.${column} = any(${parameters.add(values)}::${type}[])`;
}

function filterOf({ column, values }: Comparison): Omit<ColumnFilter, 'not'> {
  return values === null ? { column, is: 'empty' } : { column, is: 'in', values };
}
