/** To whom the viewer may send something: those they last wrote with and their friends first, or by name. */
import { client, data, say, type Schemas } from '../api/client';

export type Recipient = Schemas['RecipientOut'];

const TYPED_MS = 200;

export class Recipients {
  people = $state.raw<readonly Recipient[]>([]);
  isLoading = $state(true);
  error = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  /** Those whose handle or name begins so; all of them come without one. */
  look(name: string): void {
    clearTimeout(this.#timer);
    const wanted = name.trim().replace(/^@/, '');
    this.#timer = setTimeout(() => void this.#find(wanted), wanted ? TYPED_MS : 0);
  }

  async #find(q: string): Promise<void> {
    const turn = (this.#asked += 1);
    this.isLoading = true;
    this.error = '';
    try {
      const params = { query: q ? { q } : {} };
      const { items } = await data(client.GET('/api/v1/messages/recipients', { params }));
      if (turn === this.#asked) this.people = items;
    } catch (problem) {
      if (turn === this.#asked) this.error = say(problem);
    } finally {
      if (turn === this.#asked) this.isLoading = false;
    }
  }
}
