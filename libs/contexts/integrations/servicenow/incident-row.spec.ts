import { cells } from '../spec/incidents.js';
import { ImportRefused } from './import-refused.js';
import { INCIDENT_COLUMNS, incidentReader } from './incident-row.js';
import { localTimes } from './local-times.js';

const read = incidentReader(INCIDENT_COLUMNS, localTimes('UTC'));

describe('a row', () => {
  it('says how an incident stood', () => {
    expect(read(cells(), 2)).toEqual({
      line: 2,
      number: 'INC0000045',
      openedAt: Date.UTC(2016, 1, 29, 1, 16),
      updatedAt: Date.UTC(2016, 1, 29, 1, 23),
      modification: 0,
      status: 'new',
      priority: 'normal',
      channel: 'phone',
      category: 'Category 55',
      subcategory: 'Subcategory 170',
      symptom: 'Symptom 72',
      caller: 'Caller 2403',
      group: null,
      assignee: null,
    });
  });

  it.each([
    ['New', 'new'],
    ['Active', 'open'],
    ['Awaiting User Info', 'pending'],
    ['Awaiting Vendor', 'on_hold'],
    ['Awaiting Problem', 'on_hold'],
    ['Awaiting Evidence', 'on_hold'],
    ['Resolved', 'solved'],
    ['Closed', 'closed'],
  ])('in the state %s is %s', (state, status) => {
    expect(read(cells({ incident_state: state }), 2)).toMatchObject({ status });
  });

  it.each([
    ['1 - Critical', 'urgent'],
    ['2 - High', 'high'],
    ['3 - Moderate', 'normal'],
    ['4 - Low', 'low'],
  ])('of priority %s is %s', (priority, expected) => {
    expect(read(cells({ priority }), 2)).toMatchObject({ priority: expected });
  });

  it('without a category has no subcategory', () => {
    expect(read(cells({ category: '?' }), 2)).toMatchObject({ category: null, subcategory: null });
  });

  it('holds texts as they are shown', () => {
    expect(read(cells({ category: ' Cafe\u0301  au\tlait ' }), 2)).toMatchObject({ category: 'Caf\u00e9 au lait' });
  });

  it.each([
    [{ incident_state: '-100' }, 'incident_state can not be "-100".'],
    [{ incident_state: 'constructor' }, 'incident_state can not be "constructor".'],
    [{ priority: '?' }, 'priority can not be "?".'],
    [{ number: '?' }, 'number can not be "?".'],
    [{ sys_mod_count: '-1' }, 'sys_mod_count can not be "-1".'],
    [{ opened_at: '2016-02-29' }, 'opened_at can not be "2016-02-29".'],
    [{ sys_updated_at: '?' }, 'sys_updated_at can not be "?".'],
    [{ category: 'left\u202Eright' }, 'category can not be "left\u202Eright".'],
    [{ assigned_to: 'x'.repeat(101) }, `assigned_to can not be "${'x'.repeat(100)}".`],
  ])('with %j is rejected', (changes, reason) => {
    expect(read(cells(changes), 7)).toEqual({ line: 7, reason });
    // Once more: what is remembered of texts must not let one through.
    expect(read(cells(changes), 8)).toEqual({ line: 8, reason });
  });

  it('with too few or too many cells is rejected', () => {
    expect(read(cells().slice(1), 3)).toEqual({ line: 3, reason: 'It has 12 columns instead of 13.' });
    expect(read([...cells(), ''], 3)).toEqual({ line: 3, reason: 'It has 14 columns instead of 13.' });
  });

  it('may have its columns in any order, among others', () => {
    const turned = incidentReader(['more', ...INCIDENT_COLUMNS.toReversed()], localTimes('UTC'));
    expect(turned(['', ...cells().toReversed()], 2)).toEqual(read(cells(), 2));
  });

  it('can not be read without the columns', () => {
    expect(() => incidentReader(['id', 'number'], localTimes('UTC'))).toThrow(ImportRefused);
    expect(() => incidentReader(INCIDENT_COLUMNS.slice(1), localTimes('UTC'))).toThrow('(number)');
  });

  it('at a time that never was refuses the file with its zone', () => {
    const berlin = incidentReader(INCIDENT_COLUMNS, localTimes('Europe/Berlin'));
    expect(() => berlin(cells({ sys_updated_at: '27/3/2016 02:30' }), 9)).toThrow(ImportRefused);
    expect(() => berlin(cells({ sys_updated_at: '27/3/2016 02:30' }), 9)).toThrow('Line 9:');
  });
});
