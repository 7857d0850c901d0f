import { TestBed } from '@angular/core/testing';
import { asked, deskProviders, settled, signedInAgent } from '../testing/api-at-hand';
import { People } from './people';

describe('names of people', () => {
  const noTeams = { data: [], page: { next: null, hasMore: false } };
  let people: People;

  beforeEach(async () => {
    TestBed.configureTestingModule(deskProviders());
    await signedInAgent();
    people = TestBed.inject(People);
    TestBed.tick();
  });

  it('are an ellipsis while they are on their way, and then what they are', async () => {
    expect(people.memberName('m1')).toBe('…');
    expect(people.teamName('t1')).toBe('…');
    expect(people.memberName(null)).toBeUndefined();
    asked('/members').flush({ ...noTeams, data: [{ id: 'm1', name: 'Ada' }] });
    asked('/teams').flush(noTeams);
    await settled();
    expect(people.memberName('m1')).toBe('Ada');
    expect(people.memberName('gone')).toBeUndefined();
    expect(people.teamName('t1')).toBeUndefined();
  });

  it('are not waited for when they can not be read', async () => {
    asked('/members').flush({}, { status: 403, statusText: 'x' });
    asked('/teams').flush(noTeams);
    await settled();
    expect(people.memberName('m1')).toBeUndefined();
  });
});
