import {
  type AnyProjection,
  type Generation,
  generations,
  isEqual,
  rebuildBeside,
  REFUSALS,
  type Wish,
  wishFor,
} from '@ledgerdesk/read-store';
import { Command, Option } from 'commander';
import { schema } from '../schema.js';
import { alsoProjection } from './chosen-projections.js';
import { comparisonText } from './comparison-text.js';
import { type Installation, withInstallation } from './installation.js';
import { lookAfter } from './look-after.js';
import { compareCommand, dropCommand, rollbackCommand, switchCommand } from './rebuild-steps.js';

interface RebuildOptions {
  readonly compare?: true;
  readonly switch?: boolean;
}

export const rebuildCommand = new Command('rebuild')
  .description(
    'builds read models again from the ledger, beside those that the desk reads meanwhile, and switches to them',
  )
  .argument('[read-model...]', 'names of read models; all of them when none is given', alsoProjection)
  .option('--compare', 'compare the rows that were built with those that are read; switch only if they are equal')
  .option('--switch', 'switch in any case, also when rows differ or more streams were put aside')
  .option('--no-switch', 'leave the switch to "ledgerdesk rebuild switch NAME"')
  // Its name in the first release.
  .addOption(new Option('--verify').implies({ compare: true }).hideHelp())
  .action(async (named: readonly AnyProjection[], options: RebuildOptions, command: Command) => {
    const projections = named.length === 0 ? schema.projections : named;
    await withInstallation(async (installation) => {
      const began = performance.now();
      const tables = new Map<string, string>();
      for (const projection of projections) {
        const table = await begin(installation, projection, wishAfter(options));
        if (table === undefined)
          command.error(`A newer release is building ${projection.name}: let it finish, or drop that build first.`);
        else tables.set(projection.name, table);
      }
      let found = await lookAfter(installation, projections, (now) => isBuilt(now, tables));
      if (options.compare && options.switch) {
        for (const table of tables.values()) await installation.connections.use((sql) => wishFor(sql, table, 'switch'));
        found = await lookAfter(installation, projections, (now) => isBuilt(now, tables));
      }
      for (const [name, table] of tables) await tell(installation, name, table, found, options);
      console.log(`Rebuilt in ${((performance.now() - began) / 1_000).toFixed(1)} s.`);
    });
  })
  .addCommand(switchCommand)
  .addCommand(compareCommand)
  .addCommand(rollbackCommand)
  .addCommand(dropCommand);

function wishAfter({ compare, switch: isSwitched }: RebuildOptions): Wish | null {
  if (compare) return isSwitched === undefined ? 'switch-if-equal' : 'compare';
  if (isSwitched === undefined) return 'switch-if-sound';
  return isSwitched ? 'switch' : null;
}

/** The table that is filled from now on, or one that an earlier command of the same release has begun to fill. */
async function begin(
  { asOwner, connections }: Installation,
  projection: AnyProjection,
  wish: Wish | null,
): Promise<string | undefined> {
  const begun = await asOwner((owner) => rebuildBeside(projection, owner, wish));
  if (begun !== undefined) return begun;
  const building = (await connections.use(generations)).find(
    ({ readModel, state, version }) =>
      readModel === projection.name && state === 'building' && version === projection.version,
  );
  if (building === undefined) return undefined;
  console.log(`${projection.name}: goes on with ${building.table}, which was begun before.`);
  if (wish !== null) await connections.use((sql) => wishFor(sql, building.table, wish));
  return building.table;
}

function isBuilt(found: readonly Generation[], tables: ReadonlyMap<string, string>): boolean {
  return [...tables.values()].every((table) => {
    const generation = found.find((each) => each.table === table);
    return generation?.state !== 'building' || (generation.builtAt !== null && generation.wish === null);
  });
}

async function tell(
  { connections }: Installation,
  name: string,
  table: string,
  found: readonly Generation[],
  { compare }: RebuildOptions,
): Promise<void> {
  const generation = found.find((each) => each.table === table);
  if (generation === undefined) {
    process.exitCode = 1;
    console.log(`${name}: ${table} was dropped by somebody else.`);
    return;
  }
  const { state, comparison, refusal } = generation;
  const [counted] = await connections.use((sql) =>
    sql.rows<{ rows: number }>(`select count(*)::int as rows from ${table}`),
  );
  const outcome = comparison === null ? `in ${table}` : comparisonText(comparison);
  console.log(`${name}: ${String(counted?.rows)} rows, ${outcome}`);
  if (state !== 'live')
    console.log(`  ${refusal === null ? '' : `${REFUSALS[refusal]} `}To read them: ledgerdesk rebuild switch ${name}`);
  if (refusal !== null || (compare && (comparison === null || !isEqual(comparison)))) process.exitCode = 1;
}
