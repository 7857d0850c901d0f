import { readFileSync } from 'node:fs';
import { ConfigurationError } from './configuration.js';

/** Settings that hold a secret: each may be read from a file instead, as orchestrators hand them out, so that no process list shows it. */
export const SECRETS = [
  'INSTALLATION_KEY',
  'DATABASE_URL',
  'REDIS_URL',
  'EVENTSTORE_URL',
  'MAIL_URL',
  'METRICS_TOKEN',
] as const;

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Puts what stands in `<NAME>_FILE` in the place of `<NAME>`, where that is not set itself.
 * @throws ConfigurationError that names the variable and the file, and nothing of what is in it
 */
export function withSecretFiles(variables: Variables): Variables {
  const read = SECRETS.flatMap((name) => {
    const path = variables[`${name}_FILE`];
    return variables[name] !== undefined || path === undefined ? [] : [[name, contentOf(name, path)] as const];
  });
  return { ...variables, ...Object.fromEntries(read) };
}

function contentOf(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new ConfigurationError(`${name}_FILE names ${path}, which can not be read: check the path and its owner.`);
  }
}
