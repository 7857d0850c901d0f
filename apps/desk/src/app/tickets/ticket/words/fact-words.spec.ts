import { TestBed } from '@angular/core/testing';
import { deskProviders, signedInAgent } from '../../testing/api-at-hand';
import { entryOf } from '../../testing/tickets';
import { ActorNames } from './actor-names';
import { FactWords } from './fact-words';

describe('what a fact says', () => {
  beforeEach(async () => {
    TestBed.configureTestingModule(deskProviders());
    await signedInAgent();
  });

  const merge = (from: number | null, to: number | null) => ({ field: 'merge', from, to });
  const status = { field: 'status', from: 'open', to: 'merged' };

  it.each([
    ['MergeRequested', [merge(null, 41)], 'began to merge it into #41'],
    ['Merged', [status, merge(null, 41)], 'merged it into #41'],
    ['MergeRefused', [merge(null, 41)], 'could not merge it into #41'],
    ['Unmerged', [status, merge(41, null)], 'took the merge into #41 back'],
    ['TicketTextsErased', [], 'erased the texts of a person'],
  ])('is one phrase for %s', (type, changes, phrase) => {
    expect(TestBed.inject(FactWords).phrase(entryOf(5, { kind: 'fact', type, changes }))).toBe(phrase);
  });

  it('calls a customer who was erased by no name', () => {
    const names = TestBed.inject(ActorNames);
    expect(names.nameOf('customer:c1', { customerId: 'c1', name: null })).toBe('Erased');
    expect(names.nameOf('customer:c2', { customerId: 'c1', name: null })).toBe('Customer');
  });
});
