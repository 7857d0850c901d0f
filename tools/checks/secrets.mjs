// Looks for secrets in everything that git tracks. Prints file and line, never the secret, and exits 1.
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const patterns = {
  'a private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
  'an AWS key': /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  'a GitHub token': /\bgh[pousr]_\w{36,}\b/,
  'a Stripe key': /\b[rs]k_live_\w{16,}/,
  'a Slack token': /\bxox[abprs]-[\w-]{20,}/,
  'an API key of ours': /\bldk_(?:live|test)_[0-9A-Za-z]{92}\b/,
  'an npm token': /\bnpm_\w{36}\b/,
  'an installation key': /^INSTALLATION_KEY=[\w+/]{40,}={0,2}$/,
};

/**
 * @param {string} text
 * @returns {{ line: number, what: string }[]} what looks like a secret, and on which line
 */
export function findSecrets(text) {
  return text.split('\n').flatMap((line, index) =>
    Object.entries(patterns)
      .filter(([, pattern]) => pattern.test(line))
      .map(([what]) => ({ line: index + 1, what })),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: checkout, encoding: 'utf8' })
    .split('\0')
    .filter(Boolean);
  const found = files
    .filter((file) => (statSync(join(checkout, file), { throwIfNoEntry: false })?.size ?? Infinity) < 2_000_000)
    .flatMap((file) => findSecrets(readFileSync(join(checkout, file), 'utf8')).map((secret) => ({ file, ...secret })));
  for (const { file, line, what } of found) console.error(`${file}:${line} looks like ${what}`);
  console.log(`${found.length} secrets in ${files.length} files`);
  process.exitCode = found.length > 0 ? 1 : 0;
}
