/** What the viewer has set about their feeds, and setting it. What is set holds at once, in the feed too. */
import { client, data, say, type Schemas } from '../api/client';
import { emit } from '../lib/events';

export type Controls = Schemas['FeedControls'];
export type Dial = Schemas['Dial'];
export type Changes = Schemas['FeedControlsPatch'];

/** The steps of a dial in words, from -2 on. */
export const STEPS = ['Never', 'Less', 'As it comes', 'More', 'Much more'] as const;

export function stepWord(step: number): string {
  return STEPS[step + 2] ?? '';
}

export class FeedControlsState {
  controls = $state<Controls | null>(null);
  error = $state('');

  async load(): Promise<void> {
    await this.#try(async () => {
      this.controls = await data(client.GET('/api/v1/me/feed'));
    });
  }

  /** Whether it was set. */
  async change(body: Changes): Promise<boolean> {
    return this.#try(async () => {
      this.controls = await data(client.PATCH('/api/v1/me/feed', { body }));
      this.#tell();
    });
  }

  async turn(dial: Dial, step: Dial['step']): Promise<void> {
    const before = dial.step;
    dial.step = step;
    const options = { params: { path: { topic_id: dial.id } }, body: { step } };
    const isSet = await this.#try(() => data(client.PUT('/api/v1/me/feed/topics/{topic_id}', options)));
    if (isSet) this.#tell();
    else if (dial.step === step) dial.step = before;
  }

  /** Whether the word is on the list now. */
  async mute(word: string): Promise<boolean> {
    const body = { word };
    return this.#try(async () => {
      await data(client.POST('/api/v1/me/feed/words', { body }));
      await this.#reload();
    });
  }

  async unmute(word: string): Promise<void> {
    await this.#try(async () => {
      await data(client.DELETE('/api/v1/me/feed/words', { params: { query: { word } } }));
      await this.#reload();
    });
  }

  async #reload(): Promise<void> {
    await this.load();
    this.#tell();
  }

  #tell(): void {
    if (this.controls) emit('controlsChanged', this.controls);
  }

  async #try(act: () => Promise<unknown>): Promise<boolean> {
    this.error = '';
    try {
      await act();
      return true;
    } catch (problem) {
      this.error = say(problem);
      return false;
    }
  }
}
