import { runStages } from './schedule.mjs';

/** Stages that end when told to, and the order in which they were started. */
function script(...definitions) {
  const started = [];
  const end = {};
  const stages = definitions.map((definition) => ({
    ...definition,
    run: () => {
      started.push(definition.name);
      return new Promise((resolve) => (end[definition.name] = (code = 0) => resolve({ code, output: '' })));
    },
  }));
  return { stages, started, end };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('running stages', () => {
  it('keeps two going', async () => {
    const { stages, started, end } = script({ name: 'a' }, { name: 'b' }, { name: 'c' });
    const all = runStages(stages, {});
    expect(started).toEqual(['a', 'b']);
    end.b();
    await settled();
    expect(started).toEqual(['a', 'b', 'c']);
    end.a();
    end.c();
    expect(await all).toBe(true);
  });

  it('gives the machine to one that is alone', async () => {
    const { stages, started, end } = script({ name: 'a' }, { name: 'b', alone: true }, { name: 'c' });
    const all = runStages(stages, {});
    expect(started).toEqual(['a']);
    end.a();
    await settled();
    expect(started).toEqual(['a', 'b']);
    end.b();
    await settled();
    expect(started).toEqual(['a', 'b', 'c']);
    end.c();
    expect(await all).toBe(true);
  });

  it('waits for what a stage needs', async () => {
    const { stages, started, end } = script({ name: 'a' }, { name: 'b', needs: ['a'] });
    const all = runStages(stages, {});
    expect(started).toEqual(['a']);
    end.a();
    await settled();
    expect(started).toEqual(['a', 'b']);
    end.b();
    expect(await all).toBe(true);
  });

  it('starts nothing after a failure, and says so', async () => {
    const { stages, started, end } = script({ name: 'a' }, { name: 'b' }, { name: 'c' });
    const ended = [];
    const all = runStages(stages, { onEnd: ({ name }, { code }) => ended.push([name, code]) });
    end.a(1);
    await settled();
    end.b();
    expect(await all).toBe(false);
    expect(started).toEqual(['a', 'b']);
    expect(ended).toEqual([
      ['a', 1],
      ['b', 0],
    ]);
  });
});
