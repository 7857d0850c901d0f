import { checkout } from '../services/places.mjs';
import { startDesk } from './desk.mjs';
import { explain } from './explain.mjs';
import { readOptions } from './options.mjs';
import { box, step } from './progress.mjs';
import { endCommands } from './run-command.mjs';

const demoLogins = ['owner', 'admin', 'supervisor', 'agent', 'light', 'auditor'];

/** One Ctrl-C reaches us several times: from the terminal, from npm and from the process that started us. */
const SAME_KEYPRESS_MS = 1_000;

const options = readOptions(process.argv.slice(2), checkout);
const ending = new AbortController();
const hurry = new AbortController();
let firstAsked;

function askToEnd() {
  firstAsked ??= Date.now();
  if (Date.now() - firstAsked > SAME_KEYPRESS_MS) hurry.abort();
  ending.abort();
  endCommands();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, askToEnd);
process.on('disconnect', askToEnd);

try {
  const desk = await startDesk(options, { step, note: (line) => console.log(`    ${line}`), signal: ending.signal });
  console.log(`\n${box(welcome(desk.url, options.demo))}\n`);
  const failure = await Promise.race([untilAborted(ending.signal), desk.failed]);
  if (failure) console.error(`\n${failure}`);
  await step('Stopping', () => desk.stop({ hurry: hurry.signal }));
  process.exitCode = failure ? 1 : 0;
} catch (error) {
  if (!ending.signal.aborted) {
    console.error(`\n${explain(error, options.dataFolder)}`);
    process.exitCode = 1;
  }
}
if (process.connected) process.disconnect();

function untilAborted(signal) {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

function welcome(url, withDemo) {
  const lines = [`Ledgerdesk is ready: ${url}`];
  if (withDemo) {
    lines.push('', 'Sign in to the demo with the password ledgerdesk-demo as');
    lines.push(...demoLogins.map((name) => `  ${name}@demo.test`), '  owner@globex.test (a second workspace)');
  } else {
    lines.push('', 'The first workspace: npm run ledgerdesk -- create-workspace --help');
  }
  if (!process.env.MAIL_URL) lines.push('', `Mail stays on this machine: ${url}/dev/mail`);
  return [...lines, '', 'Stop with Ctrl-C.'];
}
