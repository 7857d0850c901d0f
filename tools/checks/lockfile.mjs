// What package-lock.json promises: only the public registry, a checksum for everything, whole families, nothing known to be
// broken, and licences that go together with ours. Prints what is wrong and exits 1.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REGISTRY = 'https://registry.npmjs.org/';

const licences = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Packages that state their licence in an old form which npm does not copy into the lockfile; each was read. */
const readByHand = new Set(['busboy', 'passport-strategy', 'pause', 'streamsearch', 'xmlhttprequest-ssl']);

/** Oldest version without a hole that concerns us. */
const floors = {
  '@nestjs/core': '12.5.1',
  axios: '1.12.0',
  express: '5.2.0',
  jsonwebtoken: '9.0.0',
  lodash: '4.17.21',
  multer: '2.0.2',
  'path-to-regexp': '8.0.0',
  pg: '8.23.0',
  qs: '6.14.1',
  'socket.io': '4.8.3',
  'socket.io-parser': '4.2.4',
  undici: '7.0.0',
  ws: '8.17.1',
};

/**
 * @param {{ packages: Record<string, { version?: string, resolved?: string, integrity?: string, license?: string, link?: boolean,
 *   optionalDependencies?: Record<string, string> }> }} lock the content of package-lock.json
 * @returns {string[]} one sentence for each thing that is wrong
 */
export function lockfileProblems({ packages }) {
  return Object.entries(packages).flatMap(([path, entry]) => {
    const missing = Object.keys(entry.optionalDependencies ?? {}).filter((name) => !resolves(packages, path, name));
    const wholeness = missing.map(
      (name) => `${path || 'the project'} names ${name}, which has no entry: npm ci would fail.`,
    );
    if (path === '' || entry.link) return wholeness;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return [
      ...wholeness,
      ...(entry.integrity?.startsWith('sha512-') ? [] : [`${path} has no sha512 checksum.`]),
      ...(entry.resolved === undefined || entry.resolved.startsWith(REGISTRY)
        ? []
        : [`${path} comes from ${entry.resolved}.`]),
      ...(isLicensed(entry.license) || readByHand.has(name) ? [] : [`${path} has the licence "${entry.license}".`]),
      ...(name in floors && isOlder(entry.version, floors[name])
        ? [`${path} ${entry.version} is older than ${floors[name]}.`]
        : []),
    ];
  });
}

function resolves(packages, from, name) {
  for (let at = from; ;) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true;
    if (at === '') return false;
    const cut = at.lastIndexOf('/node_modules/');
    at = cut < 0 ? '' : at.slice(0, cut);
  }
}

function isLicensed(licence = '') {
  const words = licence.replaceAll(/[()]/g, '').split(/ (AND|OR) /);
  const known = words.filter((_, index) => index % 2 === 0).map((word) => licences.has(word));
  return words.includes('OR') && !words.includes('AND') ? known.some(Boolean) : known.every(Boolean);
}

function isOlder(version, floor) {
  const [left, right] = [version, floor].map((text) => text.split(/[.-]/, 3).map(Number));
  const index = left.findIndex((part, at) => part !== right[at]);
  return index >= 0 && left[index] < right[index];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const problems = lockfileProblems(JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8')));
  for (const problem of problems) console.error(problem);
  console.log(`${problems.length} problems in the lockfile`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
