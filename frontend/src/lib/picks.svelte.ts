/** Which lines of a list are picked: one by one, from one to another, or all that are shown. */
import { SvelteSet } from 'svelte/reactivity';

export class Picks {
  readonly ids = new SvelteSet<string>();
  /** Where a range begins: the line that was last picked or put back by itself. */
  #anchor = '';

  /** @param shown the ids of the list as it stands, in its order. */
  constructor(private readonly shown: () => readonly string[]) {}

  get isAll(): boolean {
    const shown = this.shown();
    return shown.length > 0 && shown.every((id) => this.ids.has(id));
  }

  set(id: string, isPicked: boolean): void {
    if (isPicked) this.ids.add(id);
    else this.ids.delete(id);
    this.#anchor = id;
  }

  /** All from the last one to this one; without a last one, this one. */
  reach(id: string, isPicked = true): void {
    const shown = this.shown();
    const [from, to] = [shown.indexOf(this.#anchor), shown.indexOf(id)];
    if (from < 0 || to < 0) return this.set(id, isPicked);
    for (const one of shown.slice(Math.min(from, to), Math.max(from, to) + 1)) {
      if (isPicked) this.ids.add(one);
      else this.ids.delete(one);
    }
  }

  all(isPicked: boolean): void {
    this.ids.clear();
    if (isPicked) for (const id of this.shown()) this.ids.add(id);
    this.#anchor = '';
  }

  /** What left the list is not picked any more. */
  keepShown(): void {
    const shown = new Set(this.shown());
    for (const id of [...this.ids]) if (!shown.has(id)) this.ids.delete(id);
  }
}
