import en from '../../i18n/en.json';
import { deskRoutes } from '../desk.routes';
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
      expect(pathsOf(deskRoutes)).toContain(url.split('/')[1]);
      expect(TEXTS[name]).toBeTruthy();
      expect(TEXTS[`${name}Lead`]).toBeTruthy();
    },
  );
});
