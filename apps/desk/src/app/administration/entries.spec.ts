import en from '../../i18n/en.json';
import { deskRoutes } from '../desk.routes';
import { areaAt, areasFor } from '../frame/areas';
import { administrationEntries } from './entries';

const TEXTS: Readonly<Record<string, string>> = en.administration;

function pathsOf(routes: typeof deskRoutes): readonly string[] {
  return routes.flatMap(({ path = '', children = [] }) => [path, ...pathsOf(children)]);
}

describe('the pages of the administration', () => {
  it('are shown to those who may use them, and to nobody else', () => {
    const urls = administrationEntries((action, subject) => `${action} ${subject}` === 'edit Team').map(
      ({ url }) => url,
    );
    expect(urls).toEqual(['/teams']);
    expect(administrationEntries(() => false)).toEqual([]);
  });

  it.each(administrationEntries(() => true).map((entry) => [entry.name, entry] as const))(
    'include %s, which has a route and says what it is for',
    (name, { url }) => {
      expect(pathsOf(deskRoutes)).toContain(url === '/audit' ? 'audit' : url.slice(1));
      expect(TEXTS[name]).toBeTruthy();
      expect(TEXTS[`${name}Lead`]).toBeTruthy();
    },
  );

  it('belong to one area, which nobody sees who may use none of them', () => {
    const urls = (can: () => boolean): readonly string[] => areasFor(can).map(({ url }) => url);
    expect(urls(() => true)).toContain('/administration');
    expect(urls(() => false)).toEqual([]);
    const areas = ['/workspace', '/audit/changes?kind=team', '/audit?event=1', '/teams', '/tickets/t1', '/account'];
    expect(areas.map((url) => areaAt(url, () => true))).toEqual([
      '/administration',
      '/administration',
      '/audit',
      '/teams',
      '/tickets',
      undefined,
    ]);
  });
});
