/** Views that every member has, in the order in which the desk shows them. */
export const STANDARD_VIEWS = [
  'mine',
  'unassigned',
  'all_open',
  'pending',
  'on_hold',
  'solved',
  'closed',
  'spam',
  'trashed',
] as const;
export type StandardView = (typeof STANDARD_VIEWS)[number];

/** Counting stops here: the desk shows "1,000+". */
export const COUNT_CAP = 1_000;

/**
 * Conditions on `inbox` for each view. `$me` stands for the placeholder of the member's id. Each is worded so that one of the
 * indexes answers it in the order of the list.
 */
const CONDITIONS: Readonly<Record<StandardView, string>> = {
  mine: 'assignee_id = $me and active',
  unassigned: 'active and assignee_id is null',
  all_open: 'active',
  pending: "status = 'pending'",
  on_hold: "status = 'on_hold'",
  solved: "status = 'solved'",
  closed: "status = 'closed'",
  spam: "status = 'spam'",
  trashed: "status = 'trashed'",
};

/** The condition of a view, with the member's id as parameter number `me`. */
export function viewCondition(view: StandardView, me: number): string {
  return CONDITIONS[view].replace('$me', `$${String(me)}::uuid`);
}

/** Lists without a view or a status leave out what nobody should see by accident. */
export const NOT_REMOVED = "status not in ('spam', 'trashed', 'merged')";

/** ` order by` of a list, with the columns that a keyset cursor repeats; `id` breaks ties. */
export const SORTS = {
  updated: { columns: ['updated_at', 'id'], orderBy: 'updated_at desc, id desc' },
  opened: { columns: ['opened_at', 'id'], orderBy: 'opened_at desc, id desc' },
  priority: { columns: ['priority', 'updated_at', 'id'], orderBy: 'priority desc, updated_at desc, id desc' },
} as const;

/**
 * One row with a column per view, each at most `COUNT_CAP` + 1; `$1` is the member's id. Every part reads at most that many
 * entries of one index, so it stays fast at any size. `visible` is one more condition on `inbox`.
 */
export function countsQuery(visible = 'true'): string {
  const counts = STANDARD_VIEWS.map((view) => {
    const matching = `select from inbox where ${viewCondition(view, 1)} and ${visible} limit ${String(COUNT_CAP + 1)}`;
    return `(select count(*)::int from (${matching}) as matching) as ${view}`;
  });
  return `select ${counts.join(', ')}`;
}
