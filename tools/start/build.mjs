import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { modernNode } from './install.mjs';
import { StartError } from './options.mjs';
import { runCommand } from './run-command.mjs';

const serverSources = ['libs', 'nest-cli.json', 'tsconfig.base.json', 'package-lock.json'];

/** What is built from what. `isWeb` tells which half of libs a target depends on. */
export const targets = [
  { name: 'api', sources: ['apps/api', ...serverSources], isWeb: false, result: 'dist/apps/api/apps/api/src/main.js' },
  {
    name: 'worker',
    sources: ['apps/worker', ...serverSources],
    isWeb: false,
    result: 'dist/apps/worker/apps/worker/src/main.js',
  },
  {
    name: 'desk',
    sources: ['apps/desk', 'libs/web', 'angular.json', 'tsconfig.base.json', 'package-lock.json'],
    isWeb: true,
    result: 'dist/apps/desk/browser/index.html',
  },
];

/** Targets whose result is missing or was built from other sources. */
export function outdated(checkout) {
  return targets.filter((target) => {
    const mark = markFile(checkout, target);
    return (
      !existsSync(join(checkout, target.result)) ||
      !existsSync(mark) ||
      readFileSync(mark, 'utf8') !== fingerprint(checkout, target)
    );
  });
}

/**
 * Builds one target and remembers what it was built from.
 * @throws {StartError} with what the compiler said
 */
export async function build(checkout, target) {
  const before = fingerprint(checkout, target);
  const [script, ...args] = target.isWeb
    ? ['@angular/cli/bin/ng.js', 'build', target.name, '--configuration', 'production']
    : ['@nestjs/cli/bin/nest.js', 'build', target.name];
  const { code, output } = await runCommand(modernNode(checkout), [join(checkout, 'node_modules', script), ...args], {
    cwd: checkout,
    env: { ...process.env, NG_CLI_ANALYTICS: 'false', NODE_OPTIONS: '' },
  });
  if (code !== 0) throw new StartError(`The ${target.name} could not be built:\n${output.trim()}`);
  const mark = markFile(checkout, target);
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, before);
}

/** What the worker that is there now was built from; it carries the migrations and the demo data. */
export const builtFrom = (checkout) => readFileSync(markFile(checkout, { name: 'worker' }), 'utf8');

const markFile = (checkout, target) => join(checkout, 'dist', `${target.name}.built-from`);

/** One hash over names and bytes of everything that a target is built from. */
export function fingerprint(checkout, target) {
  const hash = createHash('sha256');
  for (const source of target.sources) {
    for (const file of filesBelow(checkout, source)) {
      if (!target.isWeb && file.startsWith('libs/web/')) continue;
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(checkout, file)))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

function filesBelow(checkout, path) {
  const stats = statSync(join(checkout, path), { throwIfNoEntry: false });
  if (!stats) return [];
  if (stats.isFile()) return [path];
  return readdirSync(join(checkout, path))
    .sort()
    .flatMap((name) => filesBelow(checkout, `${path}/${name}`));
}
