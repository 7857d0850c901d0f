import { INCIDENT_COLUMNS } from '../servicenow/incident-row.js';

/** Cells of a row by their columns; what is not said stays as in this row. */
export type Cells = Partial<Record<(typeof INCIDENT_COLUMNS)[number], string>>;

const ROW: Required<Cells> = {
  number: 'INC0000045',
  incident_state: 'New',
  sys_mod_count: '0',
  caller_id: 'Caller 2403',
  opened_at: '29/2/2016 01:16',
  sys_updated_at: '29/2/2016 01:23',
  contact_type: 'Phone',
  category: 'Category 55',
  subcategory: 'Subcategory 170',
  u_symptom: 'Symptom 72',
  priority: '3 - Moderate',
  assignment_group: '?',
  assigned_to: '?',
};

/** The cells of one row in the order of the columns. */
export function cells(changes: Cells = {}): readonly string[] {
  const row = { ...ROW, ...changes };
  return INCIDENT_COLUMNS.map((column) => row[column]);
}

/** A file with these rows, as text. */
export function csv(...rows: readonly Cells[]): string {
  return [INCIDENT_COLUMNS, ...rows.map(cells)].map((line) => `${line.join(',')}\n`).join('');
}
