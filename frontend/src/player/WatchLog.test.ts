import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { sendByFetch, WatchLog, type Send, type Shown, type WatchEvent } from './WatchLog';

const CLIP: Shown = {
  id: 'abc',
  source: 'foryou',
  position: 3,
  propensity: 0.5,
  modelVersion: 'm1',
  durationMs: 10_000,
};
const NEXT: Shown = { ...CLIP, id: 'def', position: 4 };

function setUp(send?: Send) {
  const sent: WatchEvent[] = [];
  const take: Send = (events) => {
    sent.push(...events);
    return Promise.resolve(true);
  };
  return { sent, log: new WatchLog(send ?? take, localStorage) };
}

const kinds = (events: readonly WatchEvent[]): string[] => events.map((event) => event.kind);

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('WatchLog', () => {
  it('tells the story of one watch', async () => {
    const { sent, log } = setUp();
    log.begin(CLIP);
    log.started(120, '540');
    vi.advanceTimersByTime(4000);
    log.position(5.2);
    log.position(9.9);
    log.looped();
    log.begin(NEXT);
    await log.flush();
    expect(kinds(sent)).toEqual([
      'impression', 'play_start', 'progress', 'progress', 'complete', 'watch_ms', 'impression',
    ]); // prettier-ignore
    expect(sent[5]).toMatchObject({
      video_id: 'abc',
      watch_ms: 4000,
      loops: 1,
      max_pos_ms: 9900,
      propensity: 0.5,
    });
    expect(new Set(sent.map((event) => event.id)).size).toBe(sent.length);
  });

  it('calls it a skip when the clip had no chance', async () => {
    const { sent, log } = setUp();
    log.begin(CLIP);
    log.started(50, '360');
    vi.advanceTimersByTime(900);
    log.begin(NEXT);
    await log.flush();
    expect(kinds(sent)).toContain('skip');
  });

  it('counts only the time that was watched', async () => {
    const { sent, log } = setUp();
    log.begin(CLIP);
    log.started(50, '360');
    await vi.advanceTimersByTimeAsync(2000);
    log.playing(false);
    await vi.advanceTimersByTimeAsync(60_000);
    log.playing(true);
    await vi.advanceTimersByTimeAsync(1000);
    log.end('exit');
    await log.flush();
    expect(sent.find((event) => event.kind === 'watch_ms')?.watch_ms).toBe(3000);
  });

  it('keeps what could not be sent for the next visit', async () => {
    const { log } = setUp(() => Promise.resolve(false));
    log.begin(CLIP);
    await log.flush();
    log.destroy();
    const { sent, log: later } = setUp();
    await later.flush();
    expect(kinds(sent)).toEqual(['impression']);
    expect(localStorage.length).toBe(0);
  });

  it('sends everything at once when the page goes', async () => {
    const batches: number[] = [];
    const { log } = setUp((events) => {
      batches.push(events.length);
      return Promise.resolve(true);
    });
    for (let i = 0; i < 100; i += 1) log.note('like', CLIP);
    await log.flush(true);
    expect(batches).toEqual([40, 40, 20]);
  });

  it('works where the browser keeps nothing', async () => {
    const log = new WatchLog(() => Promise.resolve(true), null);
    log.begin(CLIP);
    await log.flush();
    log.destroy();
  });
});

describe('sendByFetch', () => {
  const events: WatchEvent[] = [];
  afterEach(() => vi.unstubAllGlobals());

  it.each([
    [202, true],
    [400, true],
    [429, false],
    [503, false],
  ])('with an answer of %i the batch is gone: %s', async (status, isGone) => {
    const asked = vi.fn<typeof fetch>().mockResolvedValue(new Response(null, { status }));
    vi.stubGlobal('fetch', asked);
    expect(await sendByFetch(events, false)).toBe(isGone);
    expect(asked).toHaveBeenCalledWith('/api/v1/events', expect.objectContaining({ keepalive: true }));
  });

  it('keeps the batch while there is no network', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
    expect(await sendByFetch(events, false)).toBe(false);
  });

  it('leaves it to the browser when the page goes', async () => {
    const sendBeacon = vi.fn(() => true);
    vi.stubGlobal('navigator', { sendBeacon });
    expect(await sendByFetch(events, true)).toBe(true);
    expect(sendBeacon).toHaveBeenCalledWith('/api/v1/events', expect.any(Blob));
  });
});

describe('a store that fails', () => {
  it('loses nothing that is in memory, and no page for what it cannot read', async () => {
    localStorage.setItem('revue.events.broken', '{');
    const sent: WatchEvent[] = [];
    const full = {
      length: 1,
      key: () => 'revue.events.broken',
      getItem: () => '{',
      removeItem: () => undefined,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    const log = new WatchLog((events) => Promise.resolve(sent.push(...events) > 0), full);
    log.begin(CLIP);
    await log.flush();
    expect(kinds(sent)).toEqual(['impression']);
    log.destroy();
  });
});
