import { composeProblems, specificationProblems } from './compose-rules.mjs';

const safe = {
  image: 'redis:7.4',
  user: '999:999',
  read_only: true,
  cap_drop: ['ALL'],
  security_opt: ['no-new-privileges:true'],
  ports: ['127.0.0.1:1:1'],
};
const problemsOf = (change) => composeProblems({ services: { a: { ...safe, ...change } } });

describe('N9 containers', () => {
  it('are fine when they are closed', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it.each([
    ['no user', { user: undefined }],
    ['root', { user: '0:0' }],
    ['the group of root', { user: '1000:0' }],
    ['a writable root', { read_only: undefined }],
    ['capabilities', { cap_drop: [] }],
    ['new privileges', { security_opt: undefined }],
    ['an image that moves', { image: 'redis:latest' }],
    ['an image without a version', { image: 'redis' }],
    ['neither image nor build', { image: undefined }],
    ['a port on every address', { ports: ['3000:3000'] }],
    ['a port in another form', { ports: [{ target: 3000, published: 3000 }] }],
    ['a volume nobody declared', { volumes: ['data:/data'] }],
    ['a secret nobody declared', { secrets: ['key'] }],
    ['a part that does not exist', { depends_on: { b: { condition: 'service_started' } } }],
    ['a password in plain text', { environment: { POSTGRES_PASSWORD: 'postgres' } }],
    ['an environment in another form', { environment: ['POSTGRES_PASSWORD=postgres'] }],
  ])('are refused with %s', (_, change) => {
    expect(problemsOf(change)).toHaveLength(1);
  });
});

describe('the Compose specification', () => {
  const valid = { name: 'desk', 'x-part': {}, services: { a: safe }, volumes: { data: {} } };
  const planted = (change) => specificationProblems({ ...valid, services: { a: { ...safe, ...change } } });

  it('knows everything of a good file', () => {
    expect(specificationProblems(valid)).toEqual([]);
  });

  it.each([
    ['a key of a service', { readonly: true }, '/services/a '],
    [
      'a key of a health check',
      { healthcheck: { test: ['CMD', 'true'], intervall: '1s' } },
      '/services/a/healthcheck ',
    ],
    ['a duration', { stop_grace_period: '30 seconds' }, '/services/a/stop_grace_period '],
    ['a port', { ports: ['web:web'] }, '/services/a/ports/0 '],
    ['a type', { read_only: [true] }, '/services/a/read_only '],
    ['a condition', { depends_on: { b: { condition: 'ready' } } }, '/services/a/depends_on'],
  ])('refuses %s that it does not know', (_, change, place) => {
    expect(planted(change).some((problem) => problem.startsWith(place))).toBe(true);
  });

  it('refuses a section and a name that it does not know', () => {
    expect(specificationProblems({ ...valid, service: {} })).toHaveLength(1);
    expect(specificationProblems({ ...valid, name: 'The Desk' })).toHaveLength(1);
  });
});
