import { Ajv } from 'ajv';
import { composeProblems, composeSchema } from './compose-rules.mjs';

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
    ['a port on every address', { ports: ['3000:3000'] }],
    ['a volume nobody declared', { volumes: ['data:/data'] }],
    ['a secret nobody declared', { secrets: ['key'] }],
    ['a part that does not exist', { depends_on: { b: { condition: 'service_started' } } }],
    ['a password in plain text', { environment: { POSTGRES_PASSWORD: 'postgres' } }],
  ])('are refused with %s', (_, change) => {
    expect(problemsOf(change)).toHaveLength(1);
  });

  it('have no key that Compose does not know', () => {
    const isValid = new Ajv().compile(composeSchema);
    expect(isValid({ services: { a: safe } })).toBe(true);
    expect(isValid({ services: { a: { ...safe, readonly: true } } })).toBe(false);
    expect(isValid({ services: { a: { ...safe, ports: [3000] } } })).toBe(false);
  });
});
