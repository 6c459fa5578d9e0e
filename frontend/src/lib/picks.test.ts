import { describe, expect, it } from 'vitest';

import { Picks } from './picks.svelte';

describe('Picks', () => {
  it('reaches from the last one to this one, in either direction', () => {
    const picks = new Picks(() => ['a', 'b', 'c', 'd', 'e']);
    picks.reach('b');
    picks.reach('d');
    expect([...picks.ids]).toEqual(['b', 'c', 'd']);
    picks.reach('a');
    expect([...picks.ids].sort()).toEqual(['a', 'b', 'c', 'd']);
    picks.set('e', false);
    picks.reach('c', false);
    expect([...picks.ids].sort()).toEqual(['a', 'b']);
  });

  it('takes all that is shown, and drops what is shown no more', () => {
    let shown = ['a', 'b'];
    const picks = new Picks(() => shown);
    expect(picks.isAll).toBe(false);
    picks.all(true);
    expect(picks.isAll).toBe(true);
    shown = ['b', 'c'];
    picks.keepShown();
    expect([...picks.ids]).toEqual(['b']);
    picks.all(false);
    expect(picks.ids.size).toBe(0);
  });
});
