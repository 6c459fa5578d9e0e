/** What the viewer does not want to be shown: said in one tap, taken back in one. */
import { client, data, say } from '../api/client';
import { topicName } from '../lib/topics';
import { emit } from '../lib/events';
import type { Item } from './kinds';
import type { Stage } from './stage.svelte';

export interface Wish {
  readonly kind: 'video' | 'creator' | 'sound' | 'topic';
  readonly target: string;
  readonly label: string;
}

/** What can be wished away with a video: its creator, its sound, each of its topics. */
export function wishesOf(item: Item): Wish[] {
  return [
    { kind: 'creator', target: item.author.id, label: `Nothing from @${item.author.handle}` },
    ...(item.sound
      ? [{ kind: 'sound', target: item.sound.id, label: soundLabel(item.sound.name) } as const]
      : []),
    ...item.topics.map(
      (topic) =>
        ({ kind: 'topic', target: String(topic.id), label: `Nothing about ${topicName(topic)}` }) as const,
    ),
  ];
}

function soundLabel(name: string): string {
  return name ? `Nothing with “${name}”` : 'Nothing with this sound';
}

function isMeant(wish: Wish, item: Item): boolean {
  return {
    video: item.id === wish.target,
    creator: item.author.id === wish.target,
    sound: item.sound?.id === wish.target,
    topic: item.topics.some((topic) => String(topic.id) === wish.target),
  }[wish.kind];
}

async function tell(wish: Wish, isWanted: boolean): Promise<boolean> {
  const options = { params: { path: { kind: wish.kind, target: wish.target } } };
  const path = '/api/v1/me/feed/not-interested/{kind}/{target}';
  try {
    await data(isWanted ? client.DELETE(path, options) : client.PUT(path, options));
    return true;
  } catch (error) {
    emit('toast', say(error));
    return false;
  }
}

/** The stage's one, made when something is wished away for the first time. */
export function unwantedOf(stage: Stage): Unwanted {
  return (stage.unwanted ??= new Unwanted(stage));
}

export class Unwanted {
  /** The video that was wished away last, as long as that can be taken back here. */
  item = $state<Item | null>(null);
  said = $state<Wish[]>([]);
  #index = 0;
  #isMoving = false;

  constructor(private readonly stage: Stage) {}

  /** Away with this video, and with more like it if that was said. */
  async say(item: Item, also?: Wish): Promise<void> {
    const video: Wish = { kind: 'video', target: item.id, label: '' };
    this.#index = this.stage.feed.items.indexOf(item);
    this.#drop(video);
    this.item = item;
    this.said = [];
    if (!(await tell(video, false))) this.#putBack();
    else if (also) await this.toggle(also);
  }

  has(wish: Wish): boolean {
    return this.said.some((one) => one.kind === wish.kind && one.target === wish.target);
  }

  /** More like it too, or no more. */
  async toggle(wish: Wish): Promise<void> {
    const isSaid = this.has(wish);
    this.said = isSaid ? this.said.filter((one) => one.target !== wish.target) : [...this.said, wish];
    if (!isSaid) this.#drop(wish);
    if (!(await tell(wish, isSaid))) this.said = this.said.filter((one) => one.target !== wish.target);
  }

  /** Take everything back, and show the video again. */
  async undo(): Promise<void> {
    const { item, said } = this;
    if (!item) return;
    this.#putBack();
    const video: Wish = { kind: 'video', target: item.id, label: '' };
    await Promise.all([video, ...said].map((wish) => tell(wish, true)));
  }

  close(): void {
    this.item = null;
    this.said = [];
  }

  /** Another video is on the screen: whoever goes on does not want to take it back. */
  arrived(): void {
    if (!this.#isMoving) this.close();
  }

  #drop(wish: Wish): void {
    this.#isMoving = true;
    this.stage.drop((item) => isMeant(wish, item));
    this.#isMoving = false;
  }

  #putBack(): void {
    const { item } = this;
    this.close();
    if (item) this.stage.putBack(item, Math.min(this.#index, this.stage.feed.items.length));
  }
}
