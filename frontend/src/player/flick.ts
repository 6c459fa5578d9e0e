/** More than two activations within a second are a flick: nothing loads until the finger rests. */
const FLICK_MS = 1000;
const FLICK_COUNT = 2;
/** How long it has to rest. */
const REST_MS = 150;

export class Flick {
  #recent: number[] = [];
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** Another activation: `show` its clip at once if it is loaded or this is no flick, else once the finger rests. */
  add(now: number, isLoaded: boolean, show: () => void): void {
    this.stop();
    this.#recent = [...this.#recent.filter((at) => now - at < FLICK_MS), now];
    if (this.#recent.length > FLICK_COUNT && !isLoaded) this.#rest = setTimeout(show, REST_MS);
    else show();
  }

  stop(): void {
    clearTimeout(this.#rest);
  }
}
