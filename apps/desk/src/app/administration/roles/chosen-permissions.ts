import type { GrantablePermission } from '@ledgerdesk/web-api';

/** What is chosen after one permission was chosen, together with all that it needs. */
export function chosenWith(
  chosen: readonly string[],
  name: string,
  catalogue: readonly GrantablePermission[],
): readonly string[] {
  const needs = catalogue.find((each) => each.name === name)?.needs ?? [];
  return [...new Set([...chosen, ...needs, name])];
}

/** What is chosen after one permission was taken away, together with all that makes no sense without it. */
export function chosenWithout(
  chosen: readonly string[],
  name: string,
  catalogue: readonly GrantablePermission[],
): readonly string[] {
  const needing = catalogue.filter(({ needs }) => needs.includes(name)).map((each) => each.name);
  return chosen.filter((each) => each !== name && !needing.includes(each));
}

/** The permissions by what they are about, in the order of the catalogue: `tickets`, `customers` … */
export function areasOf(
  catalogue: readonly GrantablePermission[],
): readonly { readonly area: string; readonly permissions: readonly GrantablePermission[] }[] {
  const areas = [...new Set(catalogue.map(({ name }) => areaOf(name)))];
  return areas.map((area) => ({ area, permissions: catalogue.filter(({ name }) => areaOf(name) === area) }));
}

function areaOf(name: string): string {
  return name.slice(0, name.indexOf('.'));
}
