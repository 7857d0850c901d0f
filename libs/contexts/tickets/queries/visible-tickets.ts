import { rulesToCondition } from '@casl/ability/extra';
import type { DeskAbility } from '@ledgerdesk/auth';

/** Collects the values of a statement and gives out their placeholders, so that no text of a person ever becomes SQL. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown): string {
    this.values.push(value);
    return `$${String(this.values.length)}`;
  }
}

/** Fields of a ticket that a permission may name in its conditions, and their columns in the inbox. */
const COLUMNS: Readonly<Record<string, string>> = {
  assigneeId: 'assignee_id',
  teamId: 'team_id',
  status: 'status',
  priority: 'priority',
};

/**
 * The part of a `where` clause that confines rows of the inbox to the tickets an ability may read. Lists, counts, search and the
 * rooms of live updates all use it.
 */
export function visibleTickets(ability: DeskAbility, parameters: Parameters): string {
  const visible = rulesToCondition<DeskAbility, string, string>(
    ability.rulesFor('read', 'Ticket'),
    (rule) => {
      const clause = conditionsToSql(rule.conditions ?? {}, parameters);
      return rule.inverted ? `not (${clause})` : `(${clause})`;
    },
    {
      and: (clauses) => `(${clauses.join(' and ')})`,
      or: (clauses) => `(${clauses.join(' or ')})`,
      empty: () => 'true',
    },
  );
  return visible ?? 'false';
}

function conditionsToSql(conditions: object, parameters: Parameters): string {
  const clauses = Object.entries(conditions).map(([field, expected]) => {
    const column = Object.hasOwn(COLUMNS, field) ? COLUMNS[field] : undefined;
    if (column === undefined) throw new Error(`A permission for tickets can not depend on ${field}.`);
    return comparison(column, expected as unknown, parameters);
  });
  return clauses.length > 0 ? clauses.join(' and ') : 'true';
}

function comparison(column: string, expected: unknown, parameters: Parameters): string {
  if (expected === null) return `${column} is null`;
  if (typeof expected === 'string') return `${column} = ${parameters.add(expected)}`;
  if (typeof expected === 'object' && '$in' in expected && Array.isArray(expected.$in)) {
    return `${column}::text = any(${parameters.add(expected.$in)}::text[])`;
  }
  throw new Error(`A permission for tickets can not compare ${column} like this.`);
}
