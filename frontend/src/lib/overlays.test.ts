import { beforeEach, describe, expect, it, vi } from 'vitest';

import { openOverlay } from './overlays';

/** happy-dom keeps no history of its own: this one walks as a browser's does, at once. */
function walkable(path: string): void {
  const entries: unknown[] = [null];
  let at = 0;
  vi.stubGlobal('location', { pathname: path });
  vi.stubGlobal('history', {
    get state() {
      return entries[at];
    },
    pushState(state: unknown) {
      entries.splice(++at, Infinity, state);
    },
    back() {
      at -= 1;
      dispatchEvent(new Event('popstate'));
    },
    get entry() {
      return at;
    },
  });
}

const entry = (): number => (history as unknown as { entry: number }).entry;

describe('openOverlay', () => {
  beforeEach(() => walkable('/'));

  it('closes on Back, and leaves the history as it was', () => {
    const close = vi.fn(() => takeAway());
    const takeAway = openOverlay(close);
    expect(entry()).toBe(1);
    history.back();
    expect(close).toHaveBeenCalledOnce();
    expect(entry()).toBe(0);
  });

  it('takes its own entry along when it is closed otherwise', () => {
    const close = vi.fn();
    openOverlay(close)();
    expect(entry()).toBe(0);
    expect(close).not.toHaveBeenCalled();
  });

  it('closes only the one on top', () => {
    const lower = vi.fn();
    const takeLower = openOverlay(lower);
    const upper = vi.fn(() => takeUpper());
    const takeUpper = openOverlay(upper);
    history.back();
    expect(upper).toHaveBeenCalledOnce();
    expect(lower).not.toHaveBeenCalled();
    takeLower();
    expect(entry()).toBe(0);
  });

  it('does not walk back when the page behind it has changed', () => {
    const takeAway = openOverlay(vi.fn());
    history.pushState(null, '', '/@ana');
    takeAway();
    expect(entry()).toBe(2);
  });

  it('adds no entry to the page that is a sheet', () => {
    walkable('/sign-in');
    openOverlay(vi.fn())();
    expect(entry()).toBe(0);
  });
});
