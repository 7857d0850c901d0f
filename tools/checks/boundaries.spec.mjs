import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import configuration from '../../.dependency-cruiser.mjs';

/** For every rule the smallest tree that breaks it and no other. */
const planted = {
  'no-cycles': {
    'libs/contexts/tickets/queries/a.ts': `export { b } from './b.js';`,
    'libs/contexts/tickets/queries/b.ts': `import type { a } from './a.js';\nexport const b: a = 1;`,
  },
  'kernel-imports-nothing': { 'libs/kernel/clock.ts': `import '@nestjs/common';` },
  'domain-is-pure': {
    'libs/contexts/tickets/domain/ticket.ts': `import { readFileSync } from 'node:fs';\nreadFileSync('x');`,
  },
  'contexts-through-the-door': {
    'libs/contexts/tickets/queries/a.ts': `import '../../customers/queries/b.js';`,
    'libs/contexts/customers/queries/b.ts': `export {};`,
  },
  'libraries-through-the-door': {
    'libs/contexts/tickets/queries/a.ts': `import '../../../infrastructure/auth/deep.js';`,
    'libs/infrastructure/auth/deep.ts': `export {};`,
  },
  'apps-through-the-door': {
    'apps/api/src/a.ts': `import '../../../libs/contexts/tickets/domain/b.js';`,
    'libs/contexts/tickets/domain/b.ts': `export {};`,
  },
  'infrastructure-neighbours-through-the-door': {
    'libs/infrastructure/http/a.ts': `import '../auth/deep.js';`,
    'libs/infrastructure/auth/deep.ts': `export {};`,
  },
  'rings-tenancy': {
    'libs/contexts/workspaces/a.ts': `import '../tickets/index.js';`,
    'libs/contexts/tickets/index.ts': `export {};`,
  },
  'rings-service': {
    'libs/contexts/tickets/a.ts': `import '../audit/index.js';`,
    'libs/contexts/audit/index.ts': `export {};`,
  },
  'infrastructure-knows-no-business': {
    'libs/infrastructure/http/a.ts': `import '../../contexts/tickets/index.js';`,
    'libs/contexts/tickets/index.ts': `export {};`,
  },
  'libraries-know-no-app': {
    'libs/contexts/tickets/a.ts': `import '../../../apps/api/src/main.js';`,
    'apps/api/src/main.ts': `export {};`,
  },
  'apps-are-apart': {
    'apps/api/src/a.ts': `import '../../worker/src/main.js';`,
    'apps/worker/src/main.ts': `export {};`,
  },
  'desk-imports-only-web': { 'apps/desk/src/a.ts': `import '@nestjs/common';` },
  'server-imports-no-web': { 'apps/api/src/a.ts': `import '@angular/core';` },
  'no-test-code-in-production': {
    'apps/api/src/a.ts': `import '../../../libs/testing/index.js';`,
    'libs/testing/index.ts': `export {};`,
  },
};

/** What the same places may do. */
const allowed = {
  'libs/kernel/index.ts': `export const now = 1;`,
  'libs/contexts/workspaces/index.ts': `export { now } from '../../kernel/index.js';`,
  'libs/contexts/tickets/domain/ticket.ts': `export { now } from '../../../kernel/index.js';`,
  'libs/contexts/tickets/index.ts': `export { now } from './domain/ticket.js';\nexport * from '../workspaces/index.js';`,
  'libs/contexts/tickets/domain/ticket.spec.ts': `import '../../../testing/index.js';`,
  'libs/testing/index.ts': `export {};`,
  'libs/web/ui/index.ts': `export {};`,
  'apps/desk/src/main.ts': `import '@angular/core';\nimport '../../../libs/web/ui/index.js';`,
  'apps/api/src/main.ts': `import '@nestjs/core';\nimport '../../../libs/contexts/tickets/index.js';`,
};

async function brokenRules(files) {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerdesk-boundaries-'));
  try {
    for (const part of ['apps', 'libs']) mkdirSync(join(folder, part));
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const options = { ...configuration.options, tsConfig: undefined };
    const { output } = await cruise(['apps', 'libs'], {
      ...options,
      baseDir: folder,
      validate: true,
      ruleSet: { forbidden: configuration.forbidden },
    });
    return [...new Set(output.summary.violations.map(({ rule }) => rule.name))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('boundaries', () => {
  it('has a planted violation for every rule', () => {
    expect(Object.keys(planted).sort()).toEqual(configuration.forbidden.map(({ name }) => name).sort());
  });

  it.each(Object.entries(planted))('%s turns red, alone', async (rule, files) => {
    expect(await brokenRules(files)).toEqual([rule]);
  });

  it('lets through what is in order', async () => {
    expect(await brokenRules(allowed)).toEqual([]);
  });
});
