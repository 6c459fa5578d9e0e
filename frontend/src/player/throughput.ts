/** An estimate of the line, from what media requests really reached. */
const START_BITS = 2_000_000;
const HALF_LIFE_CLIPS = 3;
/** Smaller transfers tell more about latency than about the line. */
const LEAST_BYTES = 30_000;

export class Throughput {
  #bits: number;
  #samples = 0;

  constructor(start: number = START_BITS) {
    this.#bits = start;
  }

  /** Bits per second. */
  get bits(): number {
    return this.#bits;
  }

  /** Take in one transfer. */
  add(bytes: number, ms: number): void {
    if (bytes < LEAST_BYTES || ms <= 0) return;
    const measured = (bytes * 8000) / ms;
    const weight = this.#samples === 0 ? 0.7 : 1 - 0.5 ** (1 / HALF_LIFE_CLIPS);
    this.#bits += weight * (measured - this.#bits);
    this.#samples += 1;
  }
}

interface Line {
  readonly downlink?: number;
  readonly saveData?: boolean;
  /** 'wifi', 'cellular' and others; few browsers tell. */
  readonly type?: string;
}

/** What the browser says of its own line, where it says anything. */
export function connection(): Line {
  return (navigator as Navigator & { connection?: Line }).connection ?? {};
}

/** Whether each byte may cost the viewer something, as far as the browser tells. */
export function isMetered(line: Line = connection()): boolean {
  return line.type !== undefined && !['wifi', 'ethernet'].includes(line.type);
}

/** A first guess from the browser's word (Mbit/s, capped by it at 10). */
export function startBits(line: Line = connection()): number {
  return line.downlink ? line.downlink * 1_000_000 : START_BITS;
}

/** One thing that came over the line; times in milliseconds on any one clock. */
export interface Transfer {
  readonly bytes: number;
  readonly start: number;
  readonly end: number;
}

/** All bytes that came while `transfer` did, were every transfer as fast at its start as at its end. */
export function bytesMeanwhile(transfer: Transfer, all: readonly Transfer[]): number {
  const part = ({ bytes, start, end }: Transfer): number => {
    const shared = Math.min(end, transfer.end) - Math.max(start, transfer.start);
    return shared > 0 ? (bytes * shared) / (end - start) : 0;
  };
  return all.reduce((sum, other) => sum + part(other), 0);
}

const REMEMBERED = 30;

/** Feed `throughput` with every media transfer the browser times; returns how to stop. */
export function observeTransfers(throughput: Throughput): () => void {
  if (typeof PerformanceObserver === 'undefined') return () => undefined;
  let recent: Transfer[] = [];
  const observer = new PerformanceObserver((list) => {
    const entries = (list.getEntries() as PerformanceResourceTiming[]).filter((e) => e.transferSize > 0);
    const media = entries.filter((entry) => entry.name.includes('/media/')).map(transferOf);
    recent = [...recent, ...entries.map(transferOf)].slice(-REMEMBERED);
    for (const transfer of media) {
      if (transfer.bytes < LEAST_BYTES) continue;
      throughput.add(bytesMeanwhile(transfer, recent), transfer.end - transfer.start);
    }
  });
  observer.observe({ type: 'resource', buffered: true });
  return () => observer.disconnect();
}

function transferOf(entry: PerformanceResourceTiming): Transfer {
  return { bytes: entry.encodedBodySize, start: entry.responseStart, end: entry.responseEnd };
}
