/** From a clip's start to its first frame: what can wait for that frame waits, but not for long. */
const MOST_MS = 500;

export class Settling {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly done: () => void) {}

  get isUnderWay(): boolean {
    return this.#timer !== undefined;
  }

  begin(): void {
    this.stop();
    this.#timer = setTimeout(() => this.end(), MOST_MS);
  }

  /** The frame is there, or is waited for no longer. */
  end(): void {
    if (!this.isUnderWay) return;
    this.stop();
    this.done();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
