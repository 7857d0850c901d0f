import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { loadConfiguration } from '@ledgerdesk/config';
import { DeskHttpAdapter, nameRoutes } from '@ledgerdesk/http';
import { Log } from '@ledgerdesk/logging';
import { accessTable } from '@ledgerdesk/testing';
import { AppModule } from '../src/app.module.js';
import { describeApi } from '../src/description/describe-api.js';

interface Media {
  readonly schema?: { readonly $ref?: string; readonly example?: unknown };
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly $ref?: string }>>;
}
interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly security?: readonly object[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, Media>>; readonly description?: string }>
  >;
}

/** Whether orchestrators ask it, who are not counted. */
const isProbe = (operationId: string): boolean => ['getLiveness', 'getReadiness'].includes(operationId);

async function describedApi(): Promise<OpenAPIObject> {
  const configuration = loadConfiguration({
    LEDGERDESK_MODE: 'embedded',
    DATABASE_URL: 'postgres://nobody@nowhere.invalid/none',
    REDIS_URL: 'redis://nowhere.invalid',
    INSTALLATION_KEY: randomBytes(32).toString('base64'),
  });
  const log = new Log({ level: 'silent', process: 'test' });
  const app = await NestFactory.create(AppModule.with(configuration, log), new DeskHttpAdapter(), {
    preview: true,
    logger: false,
  });
  nameRoutes(app);
  return describeApi(app);
}

describe('the API description', () => {
  let document: OpenAPIObject;
  let operations: readonly (Operation & { readonly at: string; readonly method: string })[];

  beforeAll(async () => {
    document = await describedApi();
    operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({
        ...operation,
        method,
        at: `${method} ${path}`,
      })),
    );
  });

  const without = (has: (operation: Operation & { readonly method: string }) => boolean): string[] =>
    operations.filter((operation) => !has(operation)).map(({ at }) => at);

  const exampleOf = ({ example, schema }: Media): unknown => {
    if (example !== undefined || schema?.$ref === undefined) return example ?? schema?.example;
    const name = schema.$ref.slice('#/components/schemas/'.length);
    return (document.components?.schemas?.[name] as { example?: unknown } | undefined)?.example;
  };

  it('is OpenAPI 3.1 and knows the ticket', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(operations.map(({ operationId }) => operationId)).toContain('openTicket');
  });

  it('names every operation once, in camelCase, with a sentence', () => {
    expect(
      without(({ operationId, summary }) => /^[a-z][a-zA-Z]+$/.test(operationId ?? '') && summary !== undefined),
    ).toEqual([]);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  it('has an example for every body that is sent or answered', () => {
    const shown = (content: Readonly<Record<string, Media>> = {}): boolean =>
      Object.entries(content).every(([type, media]) => type !== 'application/json' || exampleOf(media) !== undefined);
    expect(without(({ requestBody }) => shown(requestBody?.content))).toEqual([]);
    expect(without(({ responses }) => Object.values(responses).every(({ content }) => shown(content)))).toEqual([]);
  });

  it('has an example for every error, and each leads somewhere', () => {
    const isKnown = ({ $ref = '' }: { readonly $ref?: string }): boolean =>
      document.components?.examples?.[$ref.slice('#/components/examples/'.length)] !== undefined;
    const isComplete = (status: string, content: Readonly<Record<string, Media>> | undefined): boolean => {
      if (Number(status) < 400 || content?.['application/json']) return true;
      const examples = Object.values(content?.['application/problem+json']?.examples ?? {});
      return examples.length > 0 && examples.every(isKnown);
    };
    expect(
      without(({ responses }) =>
        Object.entries(responses).every(([status, { content }]) => isComplete(status, content)),
      ),
    ).toEqual([]);
  });

  it('offers Idempotency-Key on every POST but those that carry a credential', () => {
    const sessions = new Set([
      ...['signIn', 'refreshSession', 'signOut', 'stepUp', 'changePassword'],
      ...['requestPasswordReset', 'completePasswordReset', 'confirmProviderSignIn', 'createApiKey', 'rollApiKey'],
      ...['lookAtInvitation', 'acceptInvitation'],
      ...['signInToPlatform', 'refreshPlatformSession', 'signOutOfPlatform'],
      ...['actAsMember', 'continueAsMember'],
      ...['beginSecondFactor', 'confirmSecondFactor', 'renewBackupCodes', 'turnOffSecondFactor'],
    ]);
    expect(
      without(
        ({ method, operationId, parameters = [] }) =>
          method !== 'post' ||
          sessions.has(operationId ?? '') ||
          parameters.some(({ name }) => name === 'Idempotency-Key'),
      ),
    ).toEqual([]);
  });

  it('says which operations need no access token', () => {
    const open = operations.filter(({ security }) => security?.some((scheme) => Object.keys(scheme).length === 0));
    expect(open.map(({ operationId }) => operationId).toSorted()).toEqual([
      'acceptInvitation',
      'completePasswordReset',
      'confirmProviderSignIn',
      'getLiveness',
      'getReadiness',
      'getSignInOptions',
      'lookAtInvitation',
      'refreshPlatformSession',
      'refreshSession',
      'requestPasswordReset',
      'signIn',
      'signInToPlatform',
    ]);
  });

  it('C6 says of each operation which scope opens it to API keys, if any', () => {
    const scopes = operations.flatMap(({ operationId = '', security = [] }) =>
      security.flatMap((scheme) => ('apiKey' in scheme ? [[operationId, scheme.apiKey]] : [])),
    );
    const written = [...accessTable('With an API key')].map(([name, { scope }]) => [name, [scope]]);
    expect(Object.fromEntries(scopes)).toEqual(Object.fromEntries(written));
    // An operation that says who may call it says all of it.
    expect(without(({ security }) => !security || security.some((scheme) => !('apiKey' in scheme)))).toEqual([]);
  });

  it('F7 says of every operation that it can be too many, and which have a budget of their own', () => {
    expect(
      without(({ operationId = '', responses }) => isProbe(operationId) || responses['429'] !== undefined),
    ).toEqual([]);
    const own = operations.flatMap(({ operationId, responses }) => {
      const budget = /; requests( with \w+)? have a budget of their own: (\w+)$/.exec(
        responses['429']?.description ?? '',
      );
      return budget ? [[operationId, `${String(budget[2])}${budget[1] ?? ''}`]] : [];
    });
    expect(Object.fromEntries(own)).toEqual({
      listTickets: 'search with q',
      listCustomers: 'search with q',
      listChanges: 'search with q',
      compareConfiguration: 'search',
      exportLedger: 'export',
      exportChanges: 'export',
      downloadLedgerExport: 'export',
      exportCustomerData: 'export',
      verifyLedger: 'verification',
    });
  });

  it('A3 takes no workspace or account from the caller', () => {
    const text = JSON.stringify(operations.map(({ parameters, requestBody }) => [parameters, requestBody]));
    expect(text).not.toMatch(/"(?:workspace|account)_?id"/i);
  });

  it('leads nowhere outside of itself', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) =>
      path.split('/'),
    );
    const broken = references.filter((path) => {
      let place: unknown = document;
      for (const step of path) place = (place as Record<string, unknown> | undefined)?.[step];
      return place === undefined;
    });
    expect(broken).toEqual([]);
  });
});
