import journeys from './jest.config.mjs';

/** Journeys that look into the database for events, or start a second installation, which must not share an event store. */
const onlyOnPostgres = ['crash', 'import', 'ledger'];
const [few, all] = ['{two-agents,auditor,history}', '*'];

/** The journeys with the ledger in EventStoreDB, over the loopback server: a few on every run, all of them at night. */
export default {
  ...journeys,
  displayName: 'e2e on EventStoreDB',
  testMatch: [
    `<rootDir>/apps/e2e/src/${process.env.NIGHTLY === undefined ? few : all}.e2e.ts`,
    '<rootDir>/apps/e2e/src/event-store/*.e2e.ts',
  ],
  testPathIgnorePatterns: [`/src/(?:${onlyOnPostgres.join('|')})\\.e2e\\.ts$`],
  globalSetup: '<rootDir>/apps/e2e/event-store.setup.mjs',
};
