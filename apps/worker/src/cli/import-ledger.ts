import { MovedAddresses, rememberMovedAddresses, Requesters } from '@ledgerdesk/customers';
import { randomBytes } from 'node:crypto';
import { loadConfiguration } from '@ledgerdesk/config';
import { Accounts, fitPassword, giveOwnerSeat, HashingQueue, Passwords } from '@ledgerdesk/identity';
import {
  type CheckedFile,
  checkFile,
  type EventLine,
  importLedger,
  type ImportReport,
  MoveRefused,
  proveFile,
} from '@ledgerdesk/portability';
import type { Verdict } from '@ledgerdesk/proof';
import { TicketNumbers } from '@ledgerdesk/tickets';
import { Command } from 'commander';
import { askPassphrase, askPassword } from './ask-password.js';
import { otherWorkspaceCalled } from './find-workspace.js';
import { type ImportProgress, importProgress } from './import-progress.js';
import { type Installation, withInstallation } from './installation.js';
import { moving } from './moves.js';
import { publicKeys } from './public-keys.js';

interface ImportLedgerOptions {
  readonly passphraseFile?: string;
  readonly publicKey?: readonly string[];
  readonly owner?: string;
  readonly ownerName?: string;
  readonly passwordFile?: string;
}

export const importLedgerCommand = new Command('ledger')
  .description('takes over a workspace that "ledgerdesk export" has written; safe to repeat and beside a running desk')
  .argument('<file>', 'the export')
  .option(
    '--passphrase-file <file>',
    'first line opens the keys in the file, - for standard input; else it is asked for',
  )
  .option(
    '--public-key <key...>',
    'believe these keys of seals and no others: ed25519:… or a file that holds such lines',
  )
  .option('--owner <address>', 'who may sign in afterwards as an owner')
  .option('--owner-name <name>', 'name of an owner who was no member before; by default what stands before the @')
  .option(
    '--password-file <file>',
    'first line is the password of the owner; else it is asked for, or made and printed',
  )
  .action((file: string, options: ImportLedgerOptions) => moving(() => run(file, options)));

async function run(path: string, options: ImportLedgerOptions): Promise<void> {
  await withInstallation(async (installation) => {
    const progress = importProgress(process.stderr);
    // One that is unfit is refused while nothing is written yet.
    const password =
      options.passwordFile === undefined ? undefined : fitPassword(await askPassword(options.passwordFile));
    try {
      const file = await check(path, options, progress);
      const proof = await proveFile(path, publicKeys(options.publicKey ?? []));
      const { slug, workspace } = file.header;
      await refuseTakenSlug(installation, slug, workspace);
      tell(slug, await takeOver(installation, file, progress), proof);
      if (options.owner === undefined)
        console.log('Name who may sign in: type the command again with --owner ADDRESS.');
      else await letIn(installation, workspace, options.owner, { name: options.ownerName, password });
    } finally {
      progress.end();
    }
  });
}

async function check(
  path: string,
  { passphraseFile }: ImportLedgerOptions,
  progress: ImportProgress,
): Promise<CheckedFile> {
  const opened: EventLine[] = [];
  const file = await checkFile(path, {
    onEvent: (event) => {
      if (event.type === 'WorkspaceOpened') opened.push(event);
    },
    passphrase: () => askPassphrase(passphraseFile, { fresh: false }),
    onProgress: (done, total) => {
      progress.show({ step: 'Checking', done, total, unit: 'bytes' });
    },
  });
  refuseOtherName(file, opened);
  return file;
}

/** The first line says which workspace this is; what its events say is what counts here afterwards. */
function refuseOtherName({ header }: CheckedFile, opened: readonly EventLine[]): void {
  const [first] = opened;
  const { slug, workspaceId } = JSON.parse(first?.data ?? '{}') as { slug?: unknown; workspaceId?: unknown };
  if (opened.length === 1 && slug === header.slug && workspaceId === header.workspace) return;
  throw new MoveRefused('file.damaged', 'The events of the file are not of the workspace that its first line names.');
}

async function takeOver(
  installation: Installation,
  file: CheckedFile,
  progress: ImportProgress,
): Promise<ImportReport> {
  const { store, codec, runner, readStore, connections, keyTransfer } = installation;
  const { workspace } = file.header;
  const moved = new MovedAddresses(readStore);
  const requesters = new Requesters(runner, store, codec, moved, loadConfiguration());
  const tools = {
    store,
    readStore,
    connections,
    keys: keyTransfer,
    beforeOpening: async () => {
      await rememberMovedAddresses({ store, codec, requesters, moved }, workspace);
      // Numbers go on behind the highest one, also in a process that has looked before.
      await new TicketNumbers(readStore, store).reserve(workspace, 0);
    },
    onProgress: (done: number, total: number) => {
      progress.show({ step: 'Importing', done, total, unit: 'events' });
    },
  };
  return importLedger(tools, file);
}

/** Short names open the door at sign-in, so no two workspaces may share one. */
async function refuseTakenSlug({ store }: Installation, slug: string, workspaceId: string): Promise<void> {
  if (!(await otherWorkspaceCalled(store, slug, workspaceId))) return;
  throw new MoveRefused(
    'workspace.slug-taken',
    `Another workspace is called ${slug} here: import into another installation.`,
  );
}

async function letIn(
  { store, codec, runner, readStore }: Installation,
  workspaceId: string,
  email: string,
  given: { readonly name: string | undefined; readonly password: string | undefined },
): Promise<void> {
  let made: string | undefined;
  const password = async (): Promise<string> => {
    if (given.password !== undefined) return given.password;
    if (process.stdin.isTTY) return askPassword();
    return (made = randomBytes(15).toString('base64url'));
  };
  const accounts = new Accounts(readStore);
  const tools = { store, codec, runner, accounts, passwords: new Passwords(new HashingQueue()) };
  const name = given.name ?? email.replace(/@.*$/u, '');
  await giveOwnerSeat(tools, { workspaceId, email, name, password });
  console.log(`${email} can sign in.`);
  if (made !== undefined) console.log(`The password is ${made}`);
}

function tell(slug: string, { added, known, own }: ImportReport, { events, unsealed, seals }: Verdict): void {
  console.log(`${String(events - unsealed)} of ${String(events)} events are proved by ${String(seals)} seals.`);
  console.log(`${slug}: ${String(added)} events imported, ${String(known)} were there before.`);
  if (own > 0) console.log(`${String(own)} events have happened here since.`);
}
