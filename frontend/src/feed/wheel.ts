/** One move of the wheel or the trackpad is one video, however long it runs on. */
const LEAST_PX = 30;
const SILENCE_MS = 120;
const LOCK_MS = 450;
const LINE_PX = 16;

export class Wheel {
  #sum = 0;
  #last = -Infinity;
  #strength = 0;
  #lockedAt = -Infinity;

  /**
   * Another event of the wheel: which way to step, or 0.
   * @param pixels down the page.
   * @param now in milliseconds, on any one clock.
   */
  turn(pixels: number, now: number): -1 | 0 | 1 {
    const gap = now - this.#last;
    // What runs on gets weaker: after a hiccup of the browser it is still the same move.
    const isSilent = gap >= LOCK_MS || (gap >= SILENCE_MS && Math.abs(pixels) >= this.#strength);
    const isLocked = now - this.#lockedAt < LOCK_MS || (this.#lockedAt > -Infinity && !isSilent);
    this.#last = now;
    this.#strength = Math.abs(pixels);
    if (isLocked) return 0;
    this.#lockedAt = -Infinity;
    this.#sum = (isSilent ? 0 : this.#sum) + pixels;
    if (Math.abs(this.#sum) < LEAST_PX) return 0;
    this.#lockedAt = now;
    const way = this.#sum > 0 ? 1 : -1;
    this.#sum = 0;
    return way;
  }
}

/** Step through the feed with the wheel; what scrolls by itself within a slide goes on doing so. */
export function listenToWheel(scroller: HTMLElement, step: (by: -1 | 1) => unknown): void {
  const wheel = new Wheel();
  const take = (event: WheelEvent): void => {
    const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (event.ctrlKey || isSideways || scrollsWithin(event.target, scroller)) return;
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * LINE_PX;
    const way = wheel.turn(pixels, event.timeStamp);
    if (way) step(way);
  };
  scroller.addEventListener('wheel', take, { passive: false });
}

function scrollsWithin(target: EventTarget | null, end: Element): boolean {
  let element = target instanceof Element ? target : null;
  for (; element && element !== end; element = element.parentElement) {
    const isScroller = element.scrollHeight > element.clientHeight + 1;
    if (isScroller && getComputedStyle(element).overflowY === 'auto') return true;
  }
  return false;
}
