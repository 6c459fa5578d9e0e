/** How many notices are unread: asked whenever the stream opens, told while it stands. */
import { client, data, type Schemas } from '../api/client';
import { session } from '../auth/session.svelte';
import { on } from '../lib/events';
import { subscribe, type LiveMessage } from '../lib/live';

/** From here on the server counts no further. */
const MOST = 100;

class Unread {
  count = $state(0);
  #leave: (() => void) | undefined;

  /** The number as it is shown. */
  get shown(): string {
    return this.count < MOST ? String(this.count) : `${MOST - 1}+`;
  }

  /** Follow the number from now on, for whoever is signed in, while somebody looks at this tab. */
  start(): void {
    const follow = (): void => this.#follow();
    on('signedIn', follow);
    on('signedOut', follow);
    document.addEventListener('visibilitychange', follow);
    void session.ready().then(follow, () => undefined); // no line: after signing in, or when the tab is looked at again
  }

  hear({ event, data: told }: LiveMessage): void {
    if (event === 'inbox') this.count = told['unread'] as number;
    if (event === 'hello' || event === 'bus.lost') void this.#ask();
  }

  /** Each tab's stream takes one of the few connections that a browser makes to a host: hidden tabs have none. */
  #follow(): void {
    const isWanted = session.me !== null && !document.hidden;
    if (!session.me) this.count = 0;
    if (isWanted) this.#leave ??= subscribe('me', (message) => this.hear(message));
    else {
      this.#leave?.();
      this.#leave = undefined;
    }
  }

  async #ask(): Promise<void> {
    try {
      const answer: Schemas['Unread'] = await data(client.GET('/api/v1/me/inbox/unread'));
      this.count = answer.unread;
    } catch {
      return; // the next stream asks again
    }
  }
}

export const unread = new Unread();
