import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { houseRules } from './house.mjs';
import { readModelTables } from './read-model-tables.mjs';

const checkout = new URL('../../..', import.meta.url).pathname.replace(/\/$/, '');
const parser = { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } };
const linter = new Linter({ cwd: checkout, configType: 'flat' });
const lint = (file, code) =>
  linter
    .verify(code, [parser, ...houseRules(checkout, ['inbox', 'timeline'])], { filename: `${checkout}/${file}` })
    .map(({ ruleId }) => ruleId);

const query = 'libs/contexts/tickets/queries/list-tickets.ts';

describe('the habits that a machine watches', () => {
  it.each([
    ['an insert', `sql.rows('insert into inbox (id) values ($1)')`],
    ['an update of a versioned table', 'sql.rows(`UPDATE only "inbox_v3" set status = ${x}`)'],
    ['a delete', `sql.rows('delete from timeline where id = $1')`],
    ['a merge', `sql.rows('merge into public.timeline using x')`],
    ['a truncate', `sql.rows('truncate inbox')`],
    ['a name put in the middle', 'sql.rows(`insert ${""} into inbox`); sql.rows(`delete from timeline`)'],
  ])('only its projection writes a read model: %s', (_, code) => {
    expect(lint(query, code)).toContain('house/only-projections-write');
    expect(lint('libs/contexts/tickets/read-models/inbox.projection.ts', code)).not.toContain(
      'house/only-projections-write',
    );
  });

  it('lets everyone read a read model', () => {
    expect(lint(query, `sql.rows('select id from inbox order by updated_at')`)).toEqual([]);
  });

  it('knows the read models that exist', () => {
    for (const name of readModelTables(checkout)) expect(name).toMatch(/^[a-z_]+$/);
  });

  it.each([
    ['no-restricted-syntax', query, 'export default 1'],
    ['no-restricted-syntax', query, 'export const port = process.env.PORT'],
    ['house/plain-names', query, 'export interface ITicket { id: string }'],
    ['house/plain-names', query, 'export class TicketManager {}'],
    ['house/plain-names', query, 'export class StoreImpl {}'],
    ['house/plain-names', query, 'export class BaseHandler {}'],
    ['house/plain-names', 'libs/contexts/tickets/tickets.service.ts', 'export {}'],
    ['house/plain-names', 'libs/infrastructure/utils/dates.ts', 'export {}'],
    ['no-restricted-imports', query, `import { EventBus } from '@nestjs/cqrs'; export { EventBus }`],
    ['no-restricted-imports', query, `import { forwardRef } from '@nestjs/common'; export { forwardRef }`],
    ['no-console', query, `console.log(1)`],
    ['max-lines', query, '\n'.repeat(301)],
  ])('%s refuses in %s: %s', (rule, file, code) => {
    expect(lint(file, code)).toEqual([rule]);
  });

  it.each([
    `export const get = () => fetch('http://x')`,
    `export const get = () => globalThis.fetch('http://x')`,
    `export const get = () => globalThis['fetch']('http://x')`,
    `export const line = () => new WebSocket('ws://x')`,
    `import { request } from 'undici'; request('http://x')`,
    `import axios from 'axios'; axios.get('http://x')`,
    `import 'axios'`,
    `import { request } from 'node:http'; request('http://x')`,
    `import { request as ask } from 'http'; ask('http://x')`,
    `import http from 'node:http'; http.get('http://x')`,
    `import * as http from 'node:http'; http.get('http://x')`,
    `import { get } from 'node:https'; get('https://x')`,
    `import { connect } from 'node:net'; connect(25)`,
    `import { isIP, Socket } from 'node:net'; isIP(new Socket())`,
    `import { connect } from 'node:tls'; connect(443)`,
    `import { connect } from 'node:http2'; connect('https://x')`,
    `import { lookup } from 'node:dns/promises'; lookup('x')`,
    `import { execFile } from 'node:child_process'; execFile('curl', ['http://x'])`,
    `export const get = async () => (await import('node:https')).get('https://x')`,
    `export const get = () => process.getBuiltinModule('node:https').get('https://x')`,
    `export const get = () => require('https').get('https://x')`,
    `export { request } from 'node:http'`,
    `export * from 'node:net'`,
  ])('only Outbound calls other machines: %s', (code) => {
    expect(lint(query, code)).toEqual(['house/one-way-out']);
    expect(lint('apps/worker/src/cli/ask.ts', code)).toEqual(['house/one-way-out']);
    expect(lint('libs/infrastructure/outbound/exchange.ts', code)).toEqual([]);
  });

  it.each([
    `import type { Server, Agent } from 'node:http'; export type Both = Server & Agent`,
    `import { createServer, type ClientRequest } from 'node:http'; export const x: ClientRequest = createServer()`,
    `import { type Socket, isIPv4 } from 'node:net'; export const x: Socket = isIPv4('')`,
    `export class Api { fetch() { return this.cache.fetch('x') } }`,
    `export function ask(fetch: () => void) { fetch() }`,
  ])('leaves alone what only listens or looks: %s', (code) => {
    expect(lint(query, code)).toEqual([]);
  });

  it.each([
    ['the configuration', 'libs/infrastructure/config/load.ts', 'export const port = process.env.PORT'],
    ['a name that only begins like a banned one', query, 'export interface Import { id: string }'],
    ['a command of the command line', 'apps/worker/src/cli/seed.ts', 'console.log(1)'],
  ])('leaves alone %s', (_, file, code) => {
    expect(lint(file, code)).toEqual([]);
  });

  it('is part of what npm run lint applies', async () => {
    const eslint = new ESLint({ cwd: checkout });
    const { rules } = await eslint.calculateConfigForFile(query);
    expect(rules['house/one-way-out'][0]).toBe(2);
    expect(rules['house/only-projections-write'][0]).toBe(2);
    expect(rules['@typescript-eslint/no-floating-promises'][0]).toBe(2);
  });
});
