import root from '../../jest.config.mjs';

const { transform, moduleNameMapper } = root.projects[0];

/** Journeys in a real browser against the built desk, on its own services, in a folder that goes away with them. */
export default {
  displayName: 'e2e',
  rootDir: root.projects[0].rootDir,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/apps/e2e/src/*.e2e.ts'],
  transform,
  moduleNameMapper,
  globalSetup: '<rootDir>/apps/e2e/desk.setup.mjs',
  globalTeardown: '<rootDir>/apps/e2e/desk.teardown.mjs',
  testTimeout: 60_000,
  maxWorkers: 1,
};
