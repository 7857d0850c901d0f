import {
  Body,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Inject,
  Injectable,
  Module,
  Param,
  Query,
  UnauthorizedException,
} from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { z } from 'zod';
import { type Configuration, ConfigurationModule } from '@ledgerdesk/config';
import { type CommandContext, DomainError } from '@ledgerdesk/kernel';
import { Log, LoggingModule } from '@ledgerdesk/logging';
import { ProjectionProgress, ReadStoreModule } from '@ledgerdesk/read-store';
import {
  Answer,
  CommandEndpoint,
  Cursors,
  DeskHttpAdapter,
  type DeskRequest,
  HttpModule,
  type HttpOptions,
  IdToCreate,
  Issued,
  QueryEndpoint,
  setUpHttp,
} from './index.js';

const thing = z
  .object({ id: z.string(), version: z.int(), name: z.string(), runs: z.int() })
  .meta({ id: 'Thing', example: { id: 'a', version: 0, name: 'One', runs: 1 } });
const thingBody = z.strictObject({
  name: z.string().max(100_000),
  amount: z.number().optional(),
  notes: z.array(z.unknown()).optional(),
  more: z.record(z.string(), z.unknown()).optional(),
});
const listQuery = z.strictObject({ after: z.string().optional(), colour: z.enum(['red', 'blue']).optional() });

/** What the probe did and how it shall behave, for the test to look at and to set. */
@Injectable()
export class Doings {
  readonly created: { readonly id: string; readonly context: CommandContext }[] = [];
  fail: Error | undefined;
  /** Creating and listing wait for it. */
  gate: Promise<void> = Promise.resolve();
  /** How many have begun to list. */
  listed = 0;
  waited: string[] = [];
  reached: 'reached' | 'stale' = 'reached';
}

/** Endpoints of every kind, with nothing behind them. */
@Controller('things')
export class ThingsController {
  constructor(
    @Inject(Doings) private readonly doings: Doings,
    @Inject(Cursors) private readonly cursors: Cursors,
  ) {}

  @CommandEndpoint({ name: 'createThing', summary: 'Create', status: 201, answers: thing })
  async createThing(
    @Body({ schema: thingBody }) { name }: z.infer<typeof thingBody>,
    @Issued() context: CommandContext,
    @IdToCreate() id: string,
  ): Promise<Answer<z.infer<typeof thing>>> {
    await this.doings.gate;
    this.doings.created.push({ id, context });
    if (this.doings.fail) throw this.doings.fail;
    const body = { id, version: 0, name, runs: this.doings.created.length };
    return new Answer(body, { version: 0, position: '42', location: `/api/v1/things/${id}` });
  }

  @CommandEndpoint({ name: 'renameThing', path: ':id/rename', summary: 'Rename', guarded: true, answers: thing })
  renameThing(
    @Param('id') id: string,
    @Body({ schema: thingBody }) { name }: z.infer<typeof thingBody>,
    @Issued() { basedOn }: CommandContext,
  ): Answer<z.infer<typeof thing>> {
    if (basedOn !== undefined && basedOn < 3) {
      throw new DomainError('stale', 'request.stale', 'The name has changed.', [
        { field: 'name', yours: name, theirs: 'Other' },
      ]);
    }
    return new Answer({ id, version: 4, name, runs: basedOn ?? -1 }, { version: 4 });
  }

  @QueryEndpoint({
    name: 'listThings',
    summary: 'List',
    costs: { class: 'search', with: 'colour' },
    answers: z.object({ data: z.array(thing) }).meta({ example: { data: [] } }),
  })
  async listThings(
    @Query({ schema: listQuery }) { after, colour }: z.infer<typeof listQuery>,
  ): Promise<Answer<{ data: unknown[] }>> {
    this.doings.listed += 1;
    await this.doings.gate;
    const list = `listThings:${JSON.stringify({ colour })}`;
    const values = after === undefined ? [0] : this.cursors.open(WORKSPACE, list, after);
    return new Answer({ data: [...values] }, { next: this.cursors.seal(WORKSPACE, list, [Number(values[0]) + 1]) });
  }

  @QueryEndpoint({ name: 'getThing', path: ':id', summary: 'Get', answers: thing, reads: ['things'] })
  getThing(@Param('id') id: string): Answer<z.infer<typeof thing>> {
    if (id === 'missing') throw new DomainError('not-found', 'thing.not-found', 'There is no such thing.');
    return new Answer({ id, version: 3, name: 'One', runs: 0 }, { version: 3 });
  }
}

export const WORKSPACE = '11111111-1111-4111-8111-111111111111';
export const OTHER_WORKSPACE = '22222222-2222-4222-8222-222222222222';

/** Stands for the guard: the credential `Bearer <workspace>/<member>` or `Bearer <workspace>/<member>/<key>` is what it says, `Bearer wrong` is none. */
@Injectable()
class ProbeGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<DeskRequest>();
    if (request.headers.authorization === 'Bearer wrong') throw new UnauthorizedException();
    const [workspaceId = WORKSPACE, memberId = 'm1', keyId] = (request.headers.authorization?.slice(7) ?? '')
      .split('/')
      .filter(Boolean);
    request.principal = { workspaceId, memberId, ...(keyId !== undefined && { key: { id: keyId } }) };
    return true;
  }
}

/** What of a test's database the probe needs. */
export interface ProbeDatabase {
  readonly databaseUrl: string;
  readonly appUrl: string;
  readonly installationKey: Uint8Array;
}

export interface Probe {
  readonly app: NestExpressApplication;
  readonly doings: Doings;
  readonly lines: string[];
}

/** An application with only the pipeline, listening on a free port of loopback. */
export async function probe(
  database: ProbeDatabase,
  http: Partial<Configuration['http']> = {},
  options: HttpOptions = {},
  limited: Partial<Pick<Configuration, 'limits' | 'redisUrl'>> = {},
): Promise<Probe> {
  const configuration = { ...configurationFor(database, http), ...limited };
  const doings = new Doings();
  const lines: string[] = [];
  const log = new Log({ level: 'info', process: 'probe', stream: { write: (line) => void lines.push(line) } });

  @Module({
    imports: [
      ConfigurationModule.with(configuration),
      LoggingModule.with(log),
      ReadStoreModule.forRoot({ url: database.appUrl, connections: 4 }),
      ProgressFixture.with(doings),
      HttpModule,
    ],
    controllers: [ThingsController],
    providers: [
      { provide: Doings, useValue: doings },
      { provide: APP_GUARD, useClass: ProbeGuard },
    ],
  })
  class ProbeModule {}

  const quiet = { bodyParser: false, logger: false, abortOnError: false } as const;
  const app = await NestFactory.create<NestExpressApplication>(ProbeModule, new DeskHttpAdapter(), quiet);
  setUpHttp(app, configuration, options);
  await app.listen(0, '127.0.0.1');
  return { app, doings, lines };
}

function configurationFor(database: ProbeDatabase, http: Partial<Configuration['http']>): Configuration {
  return {
    mode: 'embedded',
    http: {
      host: '127.0.0.1',
      port: 0,
      publicUrl: 'https://help.example.org',
      corsOrigins: ['https://ally.example.com'],
      trustedProxies: [],
      ...http,
    },
    database: { url: database.databaseUrl, pool: 4 },
    rebuildInDesk: false,
    redisUrl: 'redis://127.0.0.1:1',
    outbound: { plainHttp: false, ports: [] },
    installationKey: Buffer.from(database.installationKey),
    seals: { interval: 60 },
    logLevel: 'info',
  };
}

@Module({})
class ProgressFixture {
  static with(doings: Doings) {
    const waitFor = (name: string, position: string): Promise<'reached' | 'stale'> => {
      doings.waited.push(`${name}@${position}`);
      return Promise.resolve(doings.reached);
    };
    return {
      module: ProgressFixture,
      global: true,
      providers: [{ provide: ProjectionProgress, useValue: { waitFor } }],
      exports: [ProjectionProgress],
    };
  }
}
