/** What the viewer wants to be told, and how: read and set. */
import { client, data, say, type Schemas } from '../api/client';

export type Preferences = Schemas['PreferencesOut'];
export type Topic = Preferences['hidden'][number];
export type Quiet = NonNullable<Preferences['quiet']>;

export class PreferencesState {
  view = $state<Preferences | null>(null);
  error = $state('');

  async load(): Promise<void> {
    await this.#try(() => data(client.GET('/api/v1/me/inbox/settings')));
  }

  /** Have a topic on one of the lists, or off it. */
  async put(list: 'hidden' | 'not_pushed', topic: Topic, isOn: boolean): Promise<void> {
    const others = (this.view?.[list] ?? []).filter((one) => one !== topic);
    await this.change({ [list]: isOn ? [...others, topic] : others });
  }

  async change(body: Schemas['PreferencesPatch']): Promise<void> {
    await this.#try(() => data(client.PATCH('/api/v1/me/inbox/settings', { body })));
  }

  async #try(ask: () => Promise<Preferences>): Promise<void> {
    this.error = '';
    const before = this.view;
    try {
      this.view = await ask();
    } catch (problem) {
      this.view = before && { ...before }; // switches go back to what holds
      this.error = say(problem);
    }
  }
}
