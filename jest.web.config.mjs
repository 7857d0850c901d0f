import presets from 'jest-preset-angular/presets/index.js';

/** The desk's own tests run in jsdom and, unlike the server's, without `--experimental-vm-modules`. */
export default {
  ...presets.createCjsPreset({ tsconfig: '<rootDir>/apps/desk/tsconfig.spec.json' }),
  displayName: 'web',
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/apps/desk', '<rootDir>/libs/web'],
  testMatch: ['**/*.spec.ts'],
  setupFilesAfterEnv: ['<rootDir>/apps/desk/test-setup.ts'],
  moduleNameMapper: {
    '^@ledgerdesk/web-(api|realtime|session|theme|ui)$': '<rootDir>/libs/web/$1/index.ts',
  },
  transformIgnorePatterns: ['node_modules/(?!(.*\\.mjs$|@angular/common/locales/|@jsverse/))'],
  maxWorkers: 2,
};
