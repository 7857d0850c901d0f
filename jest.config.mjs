const aliases = {
  '^@ledgerdesk/kernel$': '<rootDir>/libs/kernel/index.ts',
  '^@ledgerdesk/testing$': '<rootDir>/libs/testing/index.ts',
  '^@ledgerdesk/(backup|config|logging|event-store|read-store|jobs|http|mail|proof|auth|realtime|outbound|portability)$':
    '<rootDir>/libs/infrastructure/$1/index.ts',
  '^@ledgerdesk/(identity|workspaces|platform|customers|tickets|audit|privacy|integrations)$':
    '<rootDir>/libs/contexts/$1/index.ts',
  '^(\\.{1,2}/.*)\\.js$': '$1',
};

const project = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  moduleNameMapper: aliases,
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
          keepClassNames: true,
          target: 'es2023',
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
};

export default {
  maxWorkers: 2,
  // Hooks of integration tests make databases, which takes its time on a busy machine.
  testTimeout: 60_000,
  projects: [
    {
      ...project,
      displayName: 'unit',
      testMatch: ['<rootDir>/libs/**/*.spec.ts', '<rootDir>/apps/**/*.spec.ts'],
      testPathIgnorePatterns: ['\\.int\\.spec\\.ts$', '<rootDir>/libs/web/', '<rootDir>/apps/desk/'],
    },
    {
      ...project,
      displayName: 'int',
      testMatch: ['<rootDir>/libs/**/*.int.spec.ts', '<rootDir>/apps/**/*.int.spec.ts'],
      globalSetup: '<rootDir>/libs/testing/services.setup.mjs',
      globalTeardown: '<rootDir>/libs/testing/services.teardown.mjs',
    },
    {
      rootDir: import.meta.dirname,
      displayName: 'tools',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/tools/**/*.spec.mjs'],
      moduleFileExtensions: ['mjs', 'js', 'json', 'node'],
      transform: {},
    },
    {
      rootDir: import.meta.dirname,
      displayName: 'boot',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/tools/**/*.boot.mjs'],
      // What is slow, runs at night.
      testPathIgnorePatterns: process.env.NIGHTLY === undefined ? ['/nightly/'] : [],
      moduleFileExtensions: ['mjs', 'js', 'json', 'node'],
      transform: {},
    },
  ],
};
