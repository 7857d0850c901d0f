import { oneWayOut } from './one-way-out.mjs';
import { onlyProjectionsWrite } from './only-projections-write.mjs';
import { plainNames } from './plain-names.mjs';
import { readModelTables } from './read-model-tables.mjs';

const plugin = {
  rules: { 'one-way-out': oneWayOut, 'only-projections-write': onlyProjectionsWrite, 'plain-names': plainNames },
};

/** Production imports none of these; the boundaries watch it. */
const tests = ['**/*.spec.ts', '**/spec/**/*.ts', 'libs/testing/**', 'apps/e2e/**'];

/**
 * Who may call other machines by itself. The clients of Postgres, Redis and EventStoreDB are not banned: they go where the operator
 * says, which no workspace can change.
 */
const callers = [
  // The one way out.
  'libs/infrastructure/outbound/**',
  // Part of specs: speaks to a server of its own test.
  '**/*.fixture.ts',
];

const defaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: then one search finds every use.',
};
const environment = {
  selector: 'MemberExpression[object.name="process"][property.name="env"]',
  message: 'Settings are parsed once, in infrastructure/config.',
};
const bus = ['AggregateRoot', 'EventBus', 'EventPublisher', 'EventsHandler', 'Saga', 'UnhandledExceptionBus'];

/**
 * The habits of this house that a machine can watch, as flat configuration.
 * @param {string} checkout
 */
export function houseRules(checkout, tables = readModelTables(checkout)) {
  return [
    {
      files: ['**/*.ts'],
      plugins: { house: plugin },
      rules: {
        'house/plain-names': 'error',
        'max-lines': ['error', { max: 300, skipComments: false }],
        'no-restricted-syntax': ['error', defaultExport, environment],
      },
    },
    {
      files: ['libs/**/*.ts', 'apps/api/**/*.ts', 'apps/worker/**/*.ts'],
      ignores: ['libs/web/**', ...tests],
      rules: {
        'no-console': 'error',
        'no-restricted-imports': [
          'error',
          {
            paths: [
              {
                name: '@nestjs/cqrs',
                importNames: bus,
                message: 'The in-memory bus publishes what is not stored yet: react from the store.',
              },
              {
                name: '@nestjs/common',
                importNames: ['forwardRef'],
                message: 'A two-way relation is a process of its own.',
              },
            ],
          },
        ],
      },
    },
    {
      files: ['libs/**/*.ts', 'apps/api/**/*.ts', 'apps/worker/**/*.ts'],
      ignores: ['libs/web/**', ...callers, ...tests],
      plugins: { house: plugin },
      rules: { 'house/one-way-out': 'error' },
    },
    {
      files: ['libs/**/*.ts', 'apps/**/*.ts'],
      ignores: ['**/*.projection.ts', 'libs/infrastructure/read-store/**', ...tests],
      plugins: { house: plugin },
      rules: { 'house/only-projections-write': ['error', { tables }] },
    },
    {
      files: ['libs/infrastructure/config/**/*.ts', 'tools/**', ...tests],
      rules: { 'no-restricted-syntax': ['error', defaultExport] },
    },
    { files: ['apps/worker/src/cli.ts', 'apps/worker/src/cli/**/*.ts'], rules: { 'no-console': 'off' } },
    { files: tests, rules: { 'max-lines': 'off' } },
  ];
}
