import { afterEach, describe, expect, it, vi } from 'vitest';

import { bytesMeanwhile, observeTransfers, startBits, Throughput } from './throughput';

afterEach(() => vi.unstubAllGlobals());

describe('Throughput', () => {
  it('moves towards what it measures and ignores small transfers', () => {
    const line = new Throughput(2_000_000);
    line.add(1000, 1);
    expect(line.bits).toBe(2_000_000);
    for (let i = 0; i < 20; i += 1) line.add(1_000_000, 1000);
    expect(line.bits).toBeGreaterThan(7_900_000);
    expect(line.bits).toBeLessThan(8_000_001);
  });
});

describe('startBits', () => {
  it('believes the browser, or begins with two megabits', () => {
    expect(startBits({ downlink: 1.6 })).toBe(1_600_000);
    expect(startBits({})).toBe(2_000_000);
  });
});

describe('bytesMeanwhile', () => {
  const transfer = { bytes: 100, start: 1000, end: 2000 };

  it.each([
    ['alone', [], 100],
    ['beside another', [{ bytes: 100, start: 1000, end: 2000 }], 200],
    ['beside the half of another', [{ bytes: 100, start: 1500, end: 2500 }], 150],
    ['after another', [{ bytes: 100, start: 0, end: 1000 }], 100],
    ['beside one that took no time', [{ bytes: 100, start: 1500, end: 1500 }], 100],
  ])('%s', (_name, others, expected) => {
    expect(bytesMeanwhile(transfer, [transfer, ...others])).toBe(expected);
  });
});

describe('observeTransfers', () => {
  type Tell = (list: { getEntries: () => unknown[] }) => void;

  function setUp(): { line: Throughput; tell: (...entries: unknown[]) => void; stop: () => void } {
    let told: Tell = () => undefined;
    const disconnect = vi.fn(() => (told = () => undefined));
    class Observer {
      constructor(tell: Tell) {
        told = tell;
      }
      observe = (): void => undefined;
      disconnect = disconnect;
    }
    vi.stubGlobal('PerformanceObserver', Observer);
    const line = new Throughput(1);
    const stop = observeTransfers(line);
    return { line, tell: (...entries) => told({ getEntries: () => entries }), stop };
  }

  const entry = (name: string, bytes: number, start: number, end: number, travelled = bytes) => ({
    name,
    encodedBodySize: bytes,
    transferSize: travelled,
    responseStart: start,
    responseEnd: end,
  });

  it('counts what came beside each other as one line', () => {
    const { line, tell } = setUp();
    tell(entry('/media/a.mp4', 100_000, 0, 1000), entry('/assets/main.js', 100_000, 0, 1000));
    expect(line.bits).toBeCloseTo(0.7 * 1_600_000, -1);
  });

  it('learns nothing from the cache, nor from what is too small', () => {
    const { line, tell } = setUp();
    tell(entry('/media/a.mp4', 100_000, 0, 1, 0), entry('/media/poster.webp', 9_000, 0, 1000));
    expect(line.bits).toBe(1);
  });

  it('stops when told', () => {
    const { line, tell, stop } = setUp();
    stop();
    tell(entry('/media/a.mp4', 100_000, 0, 1000));
    expect(line.bits).toBe(1);
  });

  it('does nothing in a browser that times nothing', () => {
    vi.stubGlobal('PerformanceObserver', undefined);
    expect(observeTransfers(new Throughput(1))()).toBeUndefined();
  });
});
