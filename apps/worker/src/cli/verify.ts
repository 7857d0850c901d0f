import { existsSync, readFileSync } from 'node:fs';
import { loadConfiguration } from '@ledgerdesk/config';
import {
  DamagedAnchor,
  DamagedFile,
  exportFile,
  ForeignSealKey,
  type LedgerVerdict,
  openReport,
  UnknownFormat,
  type Verdict,
  verifyExport,
  verifyLedger,
} from '@ledgerdesk/proof';
import { DomainError } from '@ledgerdesk/kernel';
import { Command } from 'commander';
import { findWorkspace } from './find-workspace.js';
import { withInstallation } from './installation.js';
import { publicKeys } from './public-keys.js';

interface VerifyOptions {
  readonly export?: string;
  readonly workspace?: string;
  readonly report?: string;
  readonly publicKey?: readonly string[];
}

/** Exit codes: 1 something is wrong with the ledger, 2 it could not be checked. */
const WRONG = 1;
const NOT_CHECKED = 2;

/** A request that can't be done; the message is one sentence. */
class Refused extends Error {
  override readonly name = 'Refused';
}

const SENTENCES = [Refused, DomainError, UnknownFormat, DamagedFile, DamagedAnchor, ForeignSealKey];

export const verifyCommand = new Command('verify')
  .description('checks every byte of the ledger against its chains and seals; names the first event that is wrong')
  .option('--workspace <slug>', 'only the part of one workspace')
  .option('--export <file>', 'an export instead of the running installation; needs nothing but a public key')
  .option(
    '--public-key <key...>',
    'believe these keys of seals and no others: ed25519:… or a file that holds such lines',
  )
  .action(async (options: VerifyOptions) => {
    try {
      if (options.report !== undefined) {
        tellReport(options.report, options.publicKey ?? []);
        return;
      }
      const verdict =
        options.export === undefined ? await verifyLive(options) : await verifyFile(options.export, options);
      tell(verdict);
    } catch (error) {
      if (!SENTENCES.some((known) => error instanceof known)) throw error;
      console.error((error as Error).message);
      process.exitCode = NOT_CHECKED;
    }
  });

async function verifyFile(file: string, { publicKey, workspace }: VerifyOptions): Promise<Verdict> {
  if (workspace !== undefined) throw new Refused('An export holds one workspace: leave out --workspace.');
  if (!existsSync(file)) throw new Refused(`There is no file ${file}: name the export.`);
  const keys = publicKeys(publicKey ?? []);
  if (keys.length === 0)
    throw new Refused(
      'Name the public key of the installation that made the export with --public-key; "ledgerdesk seals --public-key" prints it there.',
    );
  return verifyExport(exportFile(file), keys);
}

async function verifyLive({ publicKey, workspace: slug }: VerifyOptions): Promise<LedgerVerdict> {
  const { installationKey, seals } = loadConfiguration();
  return withInstallation(async ({ connections, store }) => {
    const workspace = slug === undefined ? undefined : await findWorkspace(store, slug);
    if (slug !== undefined && workspace === undefined)
      throw new Refused(`There is no workspace ${slug}: name one that exists with --workspace.`);
    return verifyLedger({
      store,
      connections,
      trust: publicKey === undefined ? { installationKey } : { publicKeys: publicKeys(publicKey) },
      ...(workspace !== undefined && { workspace }),
      ...(seals.anchorFile !== undefined && { anchorFile: seals.anchorFile }),
    });
  });
}

/** @throws Refused when it is not what a believed key has signed */
function tellReport(file: string, keys: readonly string[]): void {
  if (!existsSync(file)) throw new Refused(`There is no file ${file}: name the report.`);
  const report = openReport(readFileSync(file, 'utf8'), publicKeys(keys));
  if (!report)
    throw new Refused(
      'The report is not signed by a key that you believe: give the key with --public-key, or ask for the report again.',
    );
  const { checkedAt, workspace, finding, events, unsealed } = report;
  console.log(`The report is as it was signed. On ${checkedAt} the ledger of workspace ${workspace} was checked:`);
  console.log(finding?.sentence ?? `${String(events)} events hold, ${String(unsealed)} of them were not sealed yet.`);
}

function tell({
  anchor,
  finding,
  events,
  unsealed,
  seals,
  unknownSeals,
  newestSeal,
}: Verdict & Partial<LedgerVerdict>): void {
  if (unknownSeals > 0)
    console.log(
      `${String(unknownSeals)} seals of another installation were not checked: give its public key too with --public-key.`,
    );
  if (finding) {
    console.error(finding.sentence);
    process.exitCode = WRONG;
    return;
  }
  console.log(`Checked, every hash and every chain: ${String(events)} events.`);
  const newest = newestSeal ? `; the newest is number ${String(newestSeal.number)} of ${newestSeal.sealedAt}` : '';
  console.log(
    `Proved by seals: ${String(events - unsealed)} events (seals: ${String(seals - unknownSeals)}${newest}).`,
  );
  console.log(`Not sealed yet, so only their chains were checked: ${String(unsealed)} events.`);
  if (anchor === 'held') console.log('The seals go as far as the one that is kept outside the database.');
  if (anchor === 'none')
    console.log(
      'No seal is kept outside the database (SEAL_ANCHOR_FILE): a ledger that was cut off together with its seals looks like a shorter one.',
    );
}
