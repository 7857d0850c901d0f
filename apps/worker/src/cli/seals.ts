import { loadConfiguration } from '@ledgerdesk/config';
import {
  AnchorConflict,
  currentKey,
  DamagedAnchor,
  ForeignSealKey,
  newestSeal,
  ownKeys,
  readAnchor,
  renewAnchor,
  rotateKey,
  Sealer,
} from '@ledgerdesk/proof';
import { Command } from 'commander';
import { type Installation, withInstallation } from './installation.js';

interface SealsOptions {
  readonly publicKey?: true;
  readonly now?: true;
  readonly rotateKey?: true;
  readonly newAnchor?: true;
}

const SENTENCES = [AnchorConflict, DamagedAnchor, ForeignSealKey];

export const sealsCommand = new Command('seals')
  .description('shows the newest seal of the ledger and where it is kept')
  .option('--public-key', 'print the public keys, the newest last; keep a copy where the installation can not reach it')
  .option('--now', 'seal what is new without waiting for the interval')
  .option('--rotate-key', 'sign with a new key from now on; old seals stay proved')
  .option('--new-anchor', 'begin a new anchor after a backup was restored on purpose; the old one is put aside')
  .action(async (options: SealsOptions) => {
    try {
      await withInstallation((installation) => perform(installation, options));
    } catch (error) {
      if (!SENTENCES.some((known) => error instanceof known)) throw error;
      console.error((error as Error).message);
      process.exitCode = 1;
    }
  });

async function perform(installation: Installation, options: SealsOptions): Promise<void> {
  const { connections, store } = installation;
  const { installationKey, seals } = loadConfiguration();
  if (options.rotateKey) {
    const { publicKey } = await connections.use((sql) => rotateKey(sql, installationKey));
    console.log(`New key: ${publicKey}`);
  }
  if (options.newAnchor && seals.anchorFile !== undefined) {
    const aside = await renewAnchor(connections, seals.anchorFile);
    console.log(aside === undefined ? 'There was no anchor.' : `The old anchor is ${aside} now.`);
  }
  if (options.now) {
    const events = await new Sealer({ store, connections, installationKey, ...seals }).seal({ now: true });
    console.log(`${String(events)} events sealed.`);
  }
  if (options.publicKey) {
    await connections.use((sql) => currentKey(sql, installationKey));
    for (const { publicKey } of await connections.use((sql) => ownKeys(sql, installationKey))) console.log(publicKey);
    return;
  }
  const { end } = await connections.use((sql) => newestSeal(sql));
  console.log(end.number === 0 ? 'Nothing is sealed yet.' : `Newest seal: ${String(end.number)}, hash ${end.hash}`);
  await tellAnchor(seals.anchorFile);
}

async function tellAnchor(file: string | undefined): Promise<void> {
  if (file === undefined) {
    console.log('SEAL_ANCHOR_FILE is not set: the newest seal is kept in the database only.');
    return;
  }
  const anchor = await readAnchor(file);
  console.log(
    anchor
      ? `Anchor: seal ${String(anchor.number)} of ${anchor.sealedAt} in ${file}`
      : `Anchor: ${file}, not written yet`,
  );
}
