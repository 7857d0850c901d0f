import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { plants } from '../faults/plants/plants.mjs';
import { build, targets } from '../start/build.mjs';
import { modernNode } from '../start/install.mjs';
import { runCommand } from '../start/run-command.mjs';

/**
 * What `npm test` runs, in this order. `needs` must be over first; a stage that is `alone` shares the machine with no other, because
 * it uses both cores or looks at the clock.
 * @typedef {{ name: string, needs?: string[], alone?: boolean, run: () => Promise<{ code: number, output: string }> }} Stage
 * @param {string} checkout
 * @param {{ nightly: boolean, chromium: string }} options
 * @returns {Stage[]}
 */
export function stagesOf(checkout, { nightly, chromium }) {
  const nodeWith =
    (variables) =>
    (...args) =>
    () =>
      runCommand(modernNode(checkout), args, {
        cwd: checkout,
        env: {
          ...process.env,
          CI: 'true',
          CHROMIUM: chromium,
          NODE_OPTIONS: '',
          NO_COLOR: '1',
          ...(nightly ? { NIGHTLY: 'true' } : {}),
          ...variables,
        },
      });
  const node = nodeWith({});
  const jestWith =
    (variables) =>
    (...args) =>
      nodeWith(variables)(
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        'node_modules/jest/bin/jest.js',
        ...args,
      );
  const jest = jestWith({});
  const building = (name) => () =>
    build(
      checkout,
      targets.find((target) => target.name === name),
    ).then(
      () => ({ code: 0, output: '' }),
      (error) => ({ code: 1, output: error.message }),
    );

  return [
    { name: 'format', run: node('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.') },
    { name: 'lint', run: node('node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0') },
    {
      name: 'boundaries',
      run: node(
        'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
        '--config',
        '.dependency-cruiser.mjs',
        'apps',
        'libs',
      ),
    },
    { name: 'lockfile', run: node('tools/checks/lockfile.mjs') },
    { name: 'secrets', run: node('tools/checks/secrets.mjs') },
    { name: 'compose file', run: node('tools/checks/compose.mjs') },
    { name: 'types', run: node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json') },
    { name: 'unit tests', run: jest('--selectProjects', 'unit', 'tools') },
    { name: 'integration tests', run: jest('--selectProjects', 'int'), alone: true },
    { name: 'build api', run: building('api') },
    { name: 'build desk', run: building('desk') },
    { name: 'build worker', run: building('worker'), needs: ['build api'] },
    {
      name: 'boot of the build',
      run: jest('--selectProjects', 'boot'),
      needs: ['build api', 'build desk', 'build worker'],
      alone: true,
    },
    { name: 'generated client', run: node('tools/checks/client.mjs'), needs: ['build api'] },
    { name: 'web unit tests', run: node('node_modules/jest/bin/jest.js', '--config', 'jest.web.config.mjs') },
    {
      name: 'journeys',
      run: jest('--config', 'apps/e2e/jest.config.mjs'),
      needs: ['build api', 'build desk', 'build worker'],
      alone: true,
    },
    ...eventStoreStages({ nightly, jestWith }),
    ...faultStages({ nightly, node }),
  ].filter(({ name }) => name !== 'web unit tests' || existsSync(join(checkout, 'jest.web.config.mjs')));
}

/** With the ledger in EventStoreDB, over the loopback server: some journeys always, all of them and the whole api by night. */
function eventStoreStages({ nightly, jestWith }) {
  const journeys = {
    name: 'journeys on EventStoreDB',
    run: jestWith({})('--config', 'apps/e2e/event-store.config.mjs'),
    needs: ['build api', 'build desk', 'build worker'],
    alone: true,
  };
  const integration = {
    name: 'integration tests on EventStoreDB',
    run: jestWith({ TEST_EVENT_STORE: 'loopback' })(
      ...['--selectProjects', 'int', '--testPathPatterns', 'apps/api/test', 'contexts/audit'],
    ),
    alone: true,
  };
  return nightly ? [integration, journeys] : [journeys];
}

/** A running desk is broken, twelve times or two hundred; by night also on purpose, to see that this is found. */
function faultStages({ nightly, node }) {
  const needs = ['build api', 'build worker'];
  const stage = (name, ...args) => ({ name, run: node('tools/faults/run.mjs', ...args), needs, alone: true });
  const stores = nightly ? [stage('faults over EventStoreDB', '--store', 'eventstoredb', '--rounds', '20')] : [];
  const planted = nightly ? Object.keys(plants).map((plant) => stage(`planted ${plant}`, '--plant', plant)) : [];
  return [stage('faults', '--rounds', nightly ? '200' : '12'), ...stores, ...planted];
}
