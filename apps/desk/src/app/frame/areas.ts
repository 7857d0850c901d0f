import type { IconName } from '@ledgerdesk/web-ui';
import { administrationEntries } from '../administration/entries';

/** One part of the desk, as the rail and the palette show it. */
export interface Area {
  readonly url: string;
  /** Translation key. */
  readonly label: string;
  readonly icon: IconName;
  /** Keys that go there. */
  readonly keys: string;
}

const AREAS: readonly (Area & { readonly action: string; readonly subject: string })[] = [
  { url: '/tickets', label: 'areas.tickets', icon: 'inbox', keys: 'g i', action: 'read', subject: 'Ticket' },
  { url: '/customers', label: 'areas.customers', icon: 'person', keys: 'g c', action: 'read', subject: 'Customer' },
  { url: '/teams', label: 'areas.teams', icon: 'groups', keys: 'g t', action: 'read', subject: 'Team' },
  { url: '/audit', label: 'areas.ledger', icon: 'receipt_long', keys: 'g l', action: 'read', subject: 'Ledger' },
  { url: '/read-models', label: 'areas.readModels', icon: 'sync', keys: 'g m', action: 'read', subject: 'ReadModel' },
];

const ADMINISTRATION: Area = { url: '/administration', label: 'areas.administration', icon: 'tune', keys: 'g w' };

/** The areas that a person may open. */
export function areasFor(can: (action: string, subject: string) => boolean): readonly Area[] {
  const areas = AREAS.filter((area) => can(area.action, area.subject));
  return administrationEntries(can).length > 0 ? [...areas, ADMINISTRATION] : areas;
}

/** The area that an address belongs to: pages of the administration that are no area of their own belong to it. */
export function areaAt(url: string, can: (action: string, subject: string) => boolean): string | undefined {
  const [path = ''] = url.split(/[?#]/u);
  const within = (parent: string): boolean => path === parent || path.startsWith(`${parent}/`);
  const areas = AREAS.map((area) => area.url);
  const pages = administrationEntries(can).map((entry) => entry.url);
  if (within(ADMINISTRATION.url) || pages.some((page) => within(page) && !areas.includes(page)))
    return ADMINISTRATION.url;
  return areas.find(within);
}
