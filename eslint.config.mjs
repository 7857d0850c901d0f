import angular from 'angular-eslint';
import { builtinRules } from 'eslint/use-at-your-own-risk';
import prettier from 'eslint-config-prettier';
import { configs as regexp } from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';
import { houseRules } from './tools/checks/lint/house.mjs';

const server = ['libs/**/*.ts', 'apps/**/*.ts'];
const web = ['apps/desk/**/*.ts', 'libs/web/**/*.ts'];
const checkout = import.meta.dirname;

/** What ESLint itself recommends; the package that usually carries this list is not among our dependencies. */
const recommended = {
  rules: Object.fromEntries(
    [...builtinRules].filter(([, rule]) => rule.meta.docs?.recommended).map(([name]) => [name, 'error']),
  ),
};

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.data/', '.angular/', 'coverage/', 'libs/web/api/', '**/generated/'] },
  { linterOptions: { noInlineConfig: true } },
  {
    files: [...server],
    extends: [
      recommended,
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      regexp.recommended,
    ],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: checkout } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Nest declares the options of its factories as a class, and means plain objects.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Nest modules and Angular components are classes that may hold nothing but their decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowStaticOnly: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          argsIgnorePattern: '^_',
          varsIgnorePattern: '^_',
          destructuredArrayIgnorePattern: '^_',
          ignoreRestSiblings: true,
        },
      ],
      // Initials and code points: a spread string is what they need.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // Text from outside is cleaned of control characters by patterns that name them.
      'no-control-regex': 'off',
      'no-param-reassign': 'error',
    },
  },
  {
    // Marked as deprecated by its authors to make people stop and look. Which addresses may be called is decided by the one way out.
    files: ['libs/contexts/identity/sign-in-provider/provider-client.ts'],
    rules: {
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', package: 'openid-client', name: 'allowInsecureRequests' }] },
      ],
    },
  },
  {
    // Imports of classes that a decorator's metadata needs at run time must stay values.
    files: ['libs/**/*.ts', 'apps/api/**/*.ts', 'apps/worker/**/*.ts'],
    languageOptions: { parserOptions: { emitDecoratorMetadata: true, experimentalDecorators: true } },
  },
  {
    files: ['**/*.spec.ts', 'libs/testing/**/*.ts', 'apps/e2e/**/*.ts'],
    rules: {
      // Jest's matchers and fast-check's arbitraries are typed with `any` where they stand for "anything".
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: web,
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/prefer-on-push-component-change-detection': 'off',
      '@angular-eslint/prefer-signals': 'error',
      '@angular-eslint/component-selector': ['error', { type: 'element', prefix: 'ld', style: 'kebab-case' }],
    },
  },
  {
    files: ['apps/desk/**/*.html', 'libs/web/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
  },
  {
    files: ['**/*.mjs'],
    extends: [recommended, regexp.recommended],
    languageOptions: {
      ecmaVersion: 2025,
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'Buffer',
          'URL',
          'fetch',
          'AbortController',
          'AbortSignal',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'setImmediate',
          'clearInterval',
          'performance',
          'globalThis',
          'structuredClone',
          'TextEncoder',
          'TextDecoder',
          'WebSocket',
          'crypto',
          'describe',
          'it',
          'expect',
          'beforeAll',
          'afterAll',
          'beforeEach',
          'afterEach',
          'jest',
          'document',
          'window',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: { eqeqeq: 'error', 'max-lines': ['error', 300] },
  },
  ...houseRules(checkout),
  // The tools that read these files ask for a default export.
  {
    files: ['**/*.config.mjs', '.dependency-cruiser.mjs', '**/*.setup.mjs', '**/*.teardown.mjs'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  prettier,
);
