import { entryOf } from '../../testing/tickets';
import { storyBlocks } from './story-blocks';

const fact = (revision: number, actor = 'member:m1', at = '2026-11-20T09:30:00.000Z'): ReturnType<typeof entryOf> =>
  entryOf(revision, { kind: 'fact', type: 'TicketAssigned', actor, at });

describe('the blocks of a story', () => {
  it('fold facts of one actor in a row into one, and keep messages apart', () => {
    const blocks = storyBlocks([entryOf(1), fact(2), fact(3), fact(4, 'member:m2'), entryOf(5), fact(6)]);
    expect(
      blocks.map((block) => (block.kind === 'facts' ? block.entries.map(({ revision }) => revision) : block.kind)),
    ).toEqual(['day', 'message', [2, 3], [4], 'message', [6]]);
  });

  it('begin each day anew, also inside a run of facts', () => {
    const blocks = storyBlocks([fact(1), fact(2, 'member:m1', '2026-11-22T12:00:00.000Z')]);
    expect(blocks.map(({ kind }) => kind)).toEqual(['day', 'facts', 'day', 'facts']);
  });

  it('have keys of their own', () => {
    const blocks = storyBlocks([entryOf(1), fact(2), entryOf(3), fact(4, 'member:m2')]);
    expect(new Set(blocks.map(({ key }) => key)).size).toBe(blocks.length);
  });
});
