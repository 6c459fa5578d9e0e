import { beforeEach, describe, expect, it, vi } from 'vitest';

import { filterCount, NOTHING, read, write } from './address';
import { pieces } from './marks';
import { Recents } from './recents.svelte';
import { sparkline } from './trends.svelte';
import { Typed } from './typed.svelte';

beforeEach(() => localStorage.clear());

describe('an address', () => {
  it('says a search and is read as the same', () => {
    const search = { ...NOTHING, q: 'größe & #tag', tab: 'videos', sort: 'date' } as const;
    expect(read(write(search).replace('/search', ''))).toEqual(search);
    expect(write(NOTHING)).toBe('/search');
    expect(filterCount(search)).toBe(1);
  });

  it('that says nonsense is read as nothing', () => {
    expect(read('?tab=zebra&sort=&since=1&q=%20')).toEqual(NOTHING);
  });
});

describe('marks', () => {
  it('go by code points', () => {
    expect(pieces('💃🏽 Straße', [{ start: 3, end: 9 }])).toEqual([
      { text: '💃🏽 ', isMatch: false },
      { text: 'Straße', isMatch: true },
    ]);
  });

  it('begin near a match that stands far behind', () => {
    const text = `${'word '.repeat(40)}here`;
    const found = pieces(text, [{ start: 200, end: 204 }]);
    expect(found[0]!.text).toBe('… ');
    expect(found.at(-1)).toEqual({ text: 'here', isMatch: true });
    expect(found[1]!.text.length).toBeLessThan(30);
  });
});

describe('recent searches', () => {
  it('are kept once each, the newest first, ten of them', () => {
    const recents = new Recents();
    for (let at = 0; at < 12; at++) recents.add(`q${at}`);
    recents.add('Q5');
    expect(recents.items).toHaveLength(10);
    expect(new Recents().items.slice(0, 2)).toEqual(['Q5', 'q11']);
  });

  it('can be taken away one by one and all at once', () => {
    const recents = new Recents();
    recents.add('a');
    recents.add('b');
    recents.remove('a');
    expect(new Recents().items).toEqual(['b']);
    recents.clear();
    expect(localStorage.getItem('revue.searches')).toBeNull();
  });

  it('survive what is no list', () => {
    localStorage.setItem('revue.searches', '{"a":1}');
    expect(new Recents().items).toEqual([]);
  });
});

describe('what is typed', () => {
  const answer = {
    tags: [{ name: 'dance', videos: 2, matches: [{ start: 0, end: 2 }] }],
    people: [],
  };

  it('is answered by recent searches, then by the server', async () => {
    const typed = new Typed(() => ['da capo'], vi.fn().mockResolvedValue(answer), 0);
    typed.look('da');
    await vi.waitFor(() => expect(typed.options).toHaveLength(2));
    expect(typed.options.map(({ href }) => href)).toEqual(['/search?q=da+capo', '/tag/dance']);
    expect(typed.options[1]!.spans).toEqual([{ start: 1, end: 3 }]);
  });

  it('goes by the latest question', async () => {
    let tell: (found: typeof answer) => void = () => undefined;
    const late = new Promise<typeof answer>((resolve) => (tell = resolve));
    const ask = vi.fn().mockReturnValueOnce(late).mockResolvedValue({ tags: [], people: [] });
    const typed = new Typed(() => [], ask, 0);
    typed.look('d');
    await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(1));
    typed.look('dx');
    await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
    tell(answer);
    await late;
    expect(typed.options).toEqual([]);
  });

  it('is gone through by arrows, and around past the field', async () => {
    const typed = new Typed(() => ['da capo'], vi.fn().mockResolvedValue(answer), 0);
    typed.look('da');
    await vi.waitFor(() => expect(typed.options).toHaveLength(2));
    const places = [1, 1, 1, -1] as const;
    expect(places.map((by) => (typed.move(by), typed.active))).toEqual([0, 1, -1, 1]);
  });
});

it('a sparkline ends at its highest day', () => {
  expect(sparkline([0, 1, 2], 10, 4)).toBe('M0 4L5 2L10 0');
});
