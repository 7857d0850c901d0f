import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { given } from '@ledgerdesk/testing';
import { OpenTicket, RecordImported, ticketDecider } from '@ledgerdesk/tickets';
import { type Cells, cells } from '../spec/incidents.js';
import { importIds } from './import-ids.js';
import type { Incident } from './incident-file.js';
import { INCIDENT_COLUMNS, incidentReader, type IncidentRow } from './incident-row.js';
import { callerOf, incidentStory } from './incident-story.js';
import { localTimes } from './local-times.js';

const WORKSPACE = randomUUID();
const ids = importIds(WORKSPACE);
const read = incidentReader(INCIDENT_COLUMNS, localTimes('UTC'));

function row(changes: Cells, line: number): IncidentRow {
  const found = read(cells(changes), line);
  if ('reason' in found) throw new Error(found.reason);
  return found;
}

function incident(first: Cells, ...later: readonly Cells[]): Incident {
  return { number: 'INC0000045', rows: [row(first, 2), ...later.map((changes, index) => row(changes, index + 3))] };
}

const commandsOf = (told: Incident): readonly object[] =>
  incidentStory(WORKSPACE, told, 7, ids).steps.flatMap(({ issued }) => issued.map(({ command }) => command));

describe('the story of an incident', () => {
  it('begins with the ticket, opened by nobody but the import', () => {
    const { ticketId, steps } = incidentStory(WORKSPACE, incident({}), 7, ids);
    expect(steps).toHaveLength(1);
    const customerId = ids.customer('Caller 2403');
    expect(steps[0]?.issued).toEqual([
      {
        command: new OpenTicket(ticketId, {
          number: 7,
          subject: 'Category 55: Symptom 72',
          channel: 'phone',
          priority: 'normal',
          category: 'Category 55',
          subcategory: 'Subcategory 170',
          requester: { customerId, keyId: customerId, name: 'Caller 2403' },
          externalId: { source: 'servicenow', id: 'INC0000045' },
        }),
        context: {
          workspaceId: WORKSPACE,
          actor: 'system:import',
          cause: 'import:servicenow',
          commandId: ids.creation(ticketId),
          correlationId: ids.creation(ticketId),
          occurredAt: '2016-02-29T01:16:00.000Z',
          imported: true,
          newAggregate: ticketId,
        },
      },
    ]);
  });

  it('goes on with what rows change, and leaves out those that change nothing', () => {
    const story = incidentStory(
      WORKSPACE,
      incident(
        { assignment_group: 'Group 56' },
        { assignment_group: 'Group 56', sys_mod_count: '1' },
        { assignment_group: 'Group 24', assigned_to: 'Resolver 31', incident_state: 'Active', sys_mod_count: '2' },
        { assignment_group: 'Group 24', assigned_to: 'Resolver 31', incident_state: 'Active', caller_id: 'Caller 1' },
      ),
      7,
      ids,
    );
    expect(story.steps.map(({ row: { line } }) => line)).toEqual([2, 4]);
    const fields = {
      status: 'new',
      priority: 'normal',
      category: 'Category 55',
      subcategory: 'Subcategory 170',
    } as const;
    expect(story.steps.flatMap(({ issued }) => issued.map(({ command }) => command)).slice(1)).toEqual([
      new RecordImported(story.ticketId, { ...fields, assigneeId: null, teamId: ids.team('Group 56') }),
      new RecordImported(story.ticketId, {
        ...fields,
        status: 'open',
        assigneeId: ids.member('Resolver 31'),
        teamId: ids.team('Group 24'),
      }),
    ]);
  });

  it('may go anywhere: closed and open again, new and closed', () => {
    const commands = commandsOf(
      incident(
        { incident_state: 'Closed' },
        { incident_state: 'Active', sys_mod_count: '1' },
        { incident_state: 'Resolved', sys_mod_count: '2' },
        { incident_state: 'Awaiting User Info', sys_mod_count: '3' },
        { incident_state: 'Closed', sys_mod_count: '4' },
      ),
    ) as (OpenTicket | RecordImported)[];
    const events = commands.reduce<Parameters<typeof ticketDecider.evolve>[1][]>((before, command) => {
      const state = given(ticketDecider, ...before).state();
      return [...before, ...ticketDecider.decide(command, state, { actor: 'system:import', now: 0 })];
    }, []);
    expect(events.map(({ type }) => type)).toEqual(['TicketOpened', ...Array<string>(5).fill('ImportRecorded')]);
    expect(given(ticketDecider, ...events).state()).toMatchObject({ status: 'closed' });
  });

  it('is named by what there is', () => {
    const subject = (changes: Cells): string => (commandsOf(incident(changes))[0] as OpenTicket).subject;
    expect(subject({ u_symptom: '?' })).toBe('Category 55');
    expect(subject({ category: '?' })).toBe('Symptom 72');
    expect(subject({ category: '?', u_symptom: '?' })).toBe('Incident INC0000045');
  });

  it('belongs to the first caller that is named', () => {
    expect(callerOf(incident({ caller_id: '?' }, { caller_id: 'Caller 2' }, { caller_id: 'Caller 3' }))).toBe(
      'Caller 2',
    );
    const [open] = commandsOf(incident({ caller_id: '?' })) as OpenTicket[];
    expect(open?.requester).toMatchObject({ customerId: ids.customer('?'), name: 'Unknown caller' });
  });

  it('has a ticket id that tells the opening, and is another one elsewhere', () => {
    const at = Date.UTC(2016, 1, 29, 1, 16);
    const id = ids.ticket('INC0000045', at);
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(at);
    expect(importIds(WORKSPACE).ticket('INC0000045', at)).toBe(id);
    expect(ids.ticket('INC0000046', at)).not.toBe(id);
    expect(importIds(randomUUID()).ticket('INC0000045', at)).not.toBe(id);
  });

  it('gives every command an id of its own that is the same in every run', () => {
    const change = fc.record({
      incident_state: fc.constantFrom('New', 'Active', 'Resolved', 'Closed'),
      assigned_to: fc.constantFrom('?', 'Resolver 1', 'Resolver 2'),
      sys_mod_count: fc.constantFrom('0', '1', '2'),
      sys_updated_at: fc.constantFrom('1/3/2016 00:00', '2/3/2016 00:00'),
    });
    const commandIds = (told: Incident): readonly string[] =>
      incidentStory(WORKSPACE, told, 7, ids).steps.flatMap(({ issued }) =>
        issued.map(({ context }) => context.commandId),
      );
    fc.assert(
      fc.property(change, fc.array(change, { maxLength: 20 }), (first, later) => {
        const told = incident(first, ...later);
        const found = commandIds(told);
        expect(new Set(found).size).toBe(found.length);
        expect(commandIds(told)).toEqual(found);
      }),
    );
  });
});
