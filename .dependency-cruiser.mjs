const spec = String.raw`\.spec\.ts$`;
/** `spec/` holds what only the specs of one library need. */
const tests = [spec, '^(?:apps|libs)/.*/spec/', '^libs/testing/', '^apps/e2e/'];
const contexts = {
  tenancy: 'identity|workspaces|billing|platform',
  outward: 'portal|journeys|automation|assist|integrations|notifications|reporting|audit|privacy',
};
const service = 'customers|catalogue|channels|knowledge|tickets|queue|sla|collaboration';
const context = (names) => `^libs/contexts/(?:${names})/`;
const packages = (names) => `(?:^|node_modules/)(?:${names})(?:/|$)`;

/**
 * Who may import whom. Each rule has a planted violation in tools/checks/boundaries.spec.mjs that must turn it red.
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one thing, or a third is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'kernel-imports-nothing',
      comment: 'Everything stands on the kernel, so it stands on nothing of ours and on no framework.',
      severity: 'error',
      from: { path: '^libs/kernel/', pathNot: tests },
      to: {
        path: ['^(?:libs|apps)/', packages(String.raw`@nestjs|@mikro-orm|pg|ioredis|bull|express|zod`)],
        pathNot: '^libs/kernel/',
      },
    },
    {
      name: 'domain-is-pure',
      comment: 'A decider needs the kernel and its own words; with anything more it could not be folded anywhere.',
      severity: 'error',
      from: { path: '^libs/contexts/[^/]+/domain/', pathNot: tests },
      to: {
        path: [
          '^libs/(?!kernel/)',
          '^apps/',
          packages('@nestjs|@mikro-orm|pg|ioredis|bull|express|socket.io|pino|reflect-metadata'),
          '^(?:node:)?(?:fs|net|http|https|child_process|worker_threads|dns|tls)(?:/|$)',
        ],
        pathNot: '^libs/contexts/[^/]+/domain/',
      },
    },
    {
      name: 'contexts-through-the-door',
      comment: 'A context shows what it wants to show in its index.ts.',
      severity: 'error',
      from: { path: '^libs/contexts/([^/]+)/', pathNot: tests },
      to: { path: '^libs/contexts/', pathNot: ['^libs/contexts/$1/', '^libs/contexts/[^/]+/index\\.ts$'] },
    },
    {
      name: 'libraries-through-the-door',
      comment: 'The same for everyone else who looks into a context or a library of the infrastructure.',
      severity: 'error',
      from: { path: '^(?:apps|libs/(?:processes|contexts|kernel))/', pathNot: tests },
      to: { path: '^libs/infrastructure/', pathNot: '^libs/infrastructure/[^/]+/index\\.ts$' },
    },
    {
      name: 'apps-through-the-door',
      comment: 'An app puts contexts together; it does not reach into them.',
      severity: 'error',
      from: { path: '^(?:apps|libs/processes)/', pathNot: tests },
      to: { path: '^libs/contexts/', pathNot: '^libs/contexts/[^/]+/index\\.ts$' },
    },
    {
      name: 'infrastructure-neighbours-through-the-door',
      comment: 'Libraries of the infrastructure are neighbours, not one heap.',
      severity: 'error',
      from: { path: '^libs/infrastructure/([^/]+)/', pathNot: tests },
      to: {
        path: '^libs/infrastructure/',
        pathNot: ['^libs/infrastructure/$1/', '^libs/infrastructure/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'rings-tenancy',
      comment: 'Tenancy is the innermost ring: it knows nobody outside it. A two-way relation is a process.',
      severity: 'error',
      from: { path: context(contexts.tenancy), pathNot: tests },
      to: { path: [context(service), context(contexts.outward)] },
    },
    {
      name: 'rings-service',
      comment: 'The service ring knows tenancy and itself, never the outward ring.',
      severity: 'error',
      from: { path: context(service), pathNot: tests },
      to: { path: context(contexts.outward) },
    },
    {
      name: 'infrastructure-knows-no-business',
      comment: 'Infrastructure serves any business; it must not know ours.',
      severity: 'error',
      from: { path: '^libs/infrastructure/', pathNot: tests },
      to: { path: '^(?:libs/(?:contexts|processes)|apps)/' },
    },
    {
      name: 'libraries-know-no-app',
      comment: 'Apps are made of libraries, not the other way round.',
      severity: 'error',
      from: { path: '^libs/', pathNot: tests },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-are-apart',
      comment: 'Apps share libraries, not files.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: tests },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'desk-imports-only-web',
      comment: 'What runs in a browser knows the server by its published API only.',
      severity: 'error',
      from: { path: '^(?:apps/desk|libs/web)/' },
      to: { path: ['^libs/(?!web/)', '^apps/(?!desk/)', packages('@nestjs|@mikro-orm|pg|ioredis|bull|express')] },
    },
    {
      name: 'server-imports-no-web',
      comment: 'The server does not need a browser.',
      severity: 'error',
      from: { path: '^(?:apps/(?:api|worker)|libs/(?!web/))' },
      to: { path: ['^libs/web/', packages('@angular')] },
    },
    {
      name: 'no-test-code-in-production',
      comment: 'What helps a test must not be needed to run.',
      severity: 'error',
      from: { path: '^(?:apps|libs)/', pathNot: tests },
      to: { path: tests },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(?:^|/)(?:dist|\\.angular)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
