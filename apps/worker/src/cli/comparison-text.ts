import { type Comparison, isEqual } from '@ledgerdesk/read-store';

/** What a comparison found, in one line: how many rows of which kind, in which columns, and where to look first. */
export function comparisonText(comparison: Comparison): string {
  if (isEqual(comparison)) return 'equal to before';
  const { missing, surplus, different, columns, notCompared, examples } = comparison;
  const counts = [
    ...(missing > 0 ? [`${String(missing)} missing`] : []),
    ...(surplus > 0 ? [`${String(surplus)} more`] : []),
    ...(different > 0 ? [`${String(different)} with other values (${inColumns(columns)})`] : []),
    ...(notCompared.length > 0 ? [`columns that only one of them has: ${notCompared.join(', ')}`] : []),
  ];
  const where = examples.length === 0 ? '' : `; first of them: ${examples.slice(0, 5).join(', ')}`;
  return `different from before: ${counts.join(', ')}${where}`;
}

function inColumns(columns: Readonly<Record<string, number>>): string {
  return Object.entries(columns)
    .map(([name, count]) => `${name} ${String(count)}`)
    .join(', ');
}
