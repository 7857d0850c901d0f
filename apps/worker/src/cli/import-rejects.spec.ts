import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImportRefused } from '@ledgerdesk/integrations';
import { rejectsFile, writeRejects } from './import-rejects.js';

describe('rejects', () => {
  it.each([
    ['../data/incidents.csv.gz', 'incidents.rejects.csv'],
    ['incidents.CSV', 'incidents.rejects.csv'],
    ['/exports/incidents', 'incidents.rejects.csv'],
    ['a.b.csv', 'a.b.rejects.csv'],
  ])('of %s stand in %s of the current folder', (input, name) => {
    expect(rejectsFile(input, '/here')).toBe(`/here/${name}`);
  });

  it('are one line each, whatever the file held', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ledgerdesk-rejects-'));
    const path = join(folder, 'r.csv');
    writeRejects(path, [{ line: 3, reason: 'category can not be "=a()\r\n\u202E,b".' }]);
    expect(readFileSync(path, 'utf8')).toBe('line,reason\n3,"category can not be ""=a()   ,b""."\n');
    rmSync(folder, { recursive: true });
    expect(() => {
      writeRejects(path, []);
    }).toThrow(ImportRefused);
  });
});
