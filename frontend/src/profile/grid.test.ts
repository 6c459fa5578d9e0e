import { describe, expect, it, vi } from 'vitest';

import type { Video } from '../api/client';
import { GridState } from './grid.svelte';

const video = (id: string): Video => ({ id }) as Video;
const ids = (grid: GridState): string[] => grid.items.map((item) => item.id);

describe('GridState', () => {
  it('reads page after page and stops at the end', async () => {
    const read = vi
      .fn()
      .mockResolvedValueOnce({ items: [video('a')], next_cursor: 'c1' })
      .mockResolvedValueOnce({ items: [video('b')], next_cursor: null });
    const grid = new GridState(read);
    await grid.more();
    await grid.more();
    await grid.more();
    expect(read.mock.calls).toEqual([[''], ['c1']]);
    expect(ids(grid)).toEqual(['a', 'b']);
    expect(grid.isOver).toBe(true);
  });

  it('asks once while an answer is on its way', async () => {
    const read = vi.fn().mockResolvedValue({ items: [], next_cursor: null });
    const grid = new GridState(read);
    await Promise.all([grid.more(), grid.more()]);
    expect(read).toHaveBeenCalledOnce();
  });

  it('says what went wrong and goes on from there when asked again', async () => {
    const read = vi
      .fn()
      .mockRejectedValueOnce(new Error('No line.'))
      .mockResolvedValueOnce({ items: [video('a')], next_cursor: null });
    const grid = new GridState(read);
    await grid.more();
    expect(grid.error).toBe('No line.');
    await grid.more();
    expect(grid.error).toBe('');
    expect(ids(grid)).toEqual(['a']);
  });
});
