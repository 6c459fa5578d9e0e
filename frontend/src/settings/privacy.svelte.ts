/** What the viewer lets others do and find, and changing it. */
import { client, data, say, type Schemas } from '../api/client';

export type Privacy = Schemas['PrivacyOut'];
export type Changes = Schemas['PrivacyPatch'];

export class PrivacyState {
  chosen = $state<Privacy | null>(null);
  error = $state('');

  async load(): Promise<void> {
    await this.#try(async () => data(client.GET('/api/v1/me/privacy')));
  }

  /** It holds at once on the screen, and stays only if the server agrees. */
  async change(body: Changes): Promise<void> {
    const before = this.chosen;
    if (before) this.chosen = { ...before, ...(body as Partial<Privacy>) };
    const isSet = await this.#try(async () => data(client.PATCH('/api/v1/me/privacy', { body })));
    if (!isSet) this.chosen = before;
  }

  async #try(ask: () => Promise<Privacy>): Promise<boolean> {
    this.error = '';
    try {
      this.chosen = await ask();
      return true;
    } catch (problem) {
      this.error = say(problem);
      return false;
    }
  }
}
