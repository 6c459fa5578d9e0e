/** The scroller of the slides: which one is on the screen, and how another one gets there. */
import { flushSync } from 'svelte';
import { isStill } from '../lib/still';

/** Share of a slide that must be on the screen for it to play. */
const ACTIVE_SHARE = 0.6;

export class Scroller {
  readonly #slides: IntersectionObserver;

  constructor(
    readonly element: HTMLElement,
    arrived: (index: number) => void,
  ) {
    const look = (entries: readonly IntersectionObserverEntry[]): void => {
      const seen = entries.filter((entry) => entry.isIntersecting);
      for (const { target } of seen) arrived(Number((target as HTMLElement).dataset['index']));
    };
    this.#slides = new IntersectionObserver(look, { root: element, threshold: ACTIVE_SHARE });
  }

  observe(slide: HTMLElement): () => void {
    this.#slides.observe(slide);
    return () => this.#slides.unobserve(slide);
  }

  /** The slide that fills most of the screen; one past the last is the end of the feed. */
  get at(): number {
    return Math.round(this.element.scrollTop / this.element.clientHeight);
  }

  /** Show a slide that is there already, at once. */
  stand(index: number): void {
    this.element.scrollTop = index * this.element.clientHeight;
  }

  /** Slides that come or go take the scroller along with the one it has snapped to: it is put right after they have. */
  jump(index: number): void {
    flushSync();
    this.stand(index);
  }

  glide(index: number): void {
    const behavior = isStill() ? 'instant' : 'smooth';
    this.element.scrollTo({ top: index * this.element.clientHeight, behavior });
  }
}
