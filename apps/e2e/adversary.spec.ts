import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const checkout = resolve(__dirname, '../..');
/** What can not be shown yet stands below, with the reason. */
const [list = ''] = readFileSync(resolve(checkout, 'apps/e2e/README.md'), 'utf8').split('can not be shown yet');

/** The rows of the list: `| A1 | what must hold | `file`, `file` |`. */
const attacks = list
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(([, id = '']) => /^[A-Z]\d{1,2}$/.test(id))
  .map(([, id = '', , files = '']) => ({
    id,
    files: files.split('`').filter((_, index) => index % 2 === 1),
  }));

/** Names of tests and groups of a file, and of the faults of the harness. */
function names(file: string): readonly string[] {
  const source = readFileSync(resolve(checkout, file), 'utf8');
  return [
    ...source.matchAll(/^\s*(?:it|test|describe|export const \w+ = fault)(?:\.each\([^`]*?\))?\(\s*(['"`])(.+?)\1/gms),
  ].map(([, , name = '']) => name);
}

describe('the list of attacks and faults', () => {
  it('holds every one that this desk has to withstand', () => {
    const wanted = [
      ...['A1', 'A2', 'A3', 'A4', 'A10', 'A12', 'A13', 'A15', 'A16', 'A17', 'A18'],
      ...[
        'B1',
        'B2',
        'B3',
        'B4',
        'B5',
        'B6',
        'B7',
        'B8',
        'B9',
        'B10',
        'B11',
        'B12',
        'B13',
        'B14',
        'B15',
        'B16',
        'B17',
        'B18',
        'B19',
      ],
      ...['C1', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8', 'C9', 'C11', 'C12'],
      ...['E6', 'E7'],
      ...['D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'D9', 'D11'],
      ...['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7'],
      ...['G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7'],
      ...['K1', 'K2', 'K3', 'K4', 'K5', 'K6', 'K7', 'K8', 'K9', 'K10', 'K11', 'K12'],
      ...['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7', 'L9', 'L10', 'L11', 'L13', 'L14', 'L15', 'L16'],
      ...['M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7'],
      ...['N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8', 'N9'],
    ];
    expect(wanted.filter((id) => !attacks.some((attack) => attack.id === id))).toEqual([]);
  });

  it.each(attacks)('$id has a test of its name in every file that is listed', ({ id, files }) => {
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !names(file).some((name) => name.split(/\W+/).includes(id)))).toEqual([]);
  });
});
