import { mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { deskFiles } from './desk-files.js';
import { serveDesk } from './serve-desk.js';

@Module({})
class Nothing {}

const page = (nonce: string): string => `<!doctype html><title>Desk</title><ld-desk ngCspNonce="${nonce}"></ld-desk>`;
const SCRIPT = `console.log(${'"desk",'.repeat(200)}0)`;

describe('the built desk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerdesk-desk-'));
  let app: NestExpressApplication;

  beforeAll(async () => {
    // As the builder writes it.
    writeFileSync(join(folder, 'index.html'), page('').replace('ngCspNonce', 'ngcspnonce'));
    writeFileSync(join(folder, 'main-AB12CD34.js'), SCRIPT);
    writeFileSync(join(folder, 'notes.secret'), 'not for browsers');
    app = await NestFactory.create<NestExpressApplication>(Nothing, { logger: false });
    app.use(serveDesk(await deskFiles(folder)));
    await app.listen(0, '127.0.0.1');
  });

  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  const nonceOf = (text: string): string => /ngCspNonce="([^"]*)"/.exec(text)?.[1] ?? '';
  const get = (path: string): request.Test => request(app.getHttpServer()).get(path);

  it.each(['/', '/tickets/17', '/index.html'])('answers %s with its page, another one each time', async (path) => {
    const { status, text, headers } = await get(path);
    expect(status).toBe(200);
    const nonce = nonceOf(text);
    expect(nonce).toMatch(/^[\w+/]{24}$/);
    expect(text).toBe(page(nonce));
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' });
    expect(headers.etag).toBeUndefined();
    expect(nonceOf((await get(path)).text)).not.toBe(nonce);
  });

  it('lets browsers keep files with a hash in their name for ever, and compresses them', async () => {
    const { headers, text } = await get('/main-AB12CD34.js').set('Accept-Encoding', 'gzip, br');
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
      vary: 'Accept-Encoding',
    });
    expect(Number(headers['content-length'])).toBeLessThan(SCRIPT.length / 10);
    expect(text).toBe(SCRIPT);
    expect((await get('/main-AB12CD34.js').set('Accept-Encoding', 'identity')).text).toBe(SCRIPT);
  });

  it.each(['/main-00000000.js', '/notes.secret', '/../package.json', '/..%2f..%2fetc/passwd.txt', '/favicon.gif'])(
    'does not answer %s',
    async (path) => {
      expect((await get(path)).status).not.toBe(200);
    },
  );

  it('leaves the API alone, and takes nothing', async () => {
    expect((await get('/api/v1/nothing')).text).not.toContain('<title>Desk');
    expect((await request(app.getHttpServer()).post('/tickets')).status).not.toBe(200);
  });

  it('says when the desk is not built', async () => {
    await expect(deskFiles(join(folder, 'nowhere'))).rejects.toThrow('not built');
  });
});
