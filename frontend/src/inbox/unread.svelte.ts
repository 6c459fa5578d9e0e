/** How many notices and conversations are unread: asked whenever the stream opens, told while it stands. */
import { client, data, type Schemas } from '../api/client';
import { session } from '../auth/session.svelte';
import { on } from '../lib/events';
import { subscribe, type LiveMessage } from '../lib/live';

/** From here on the server counts no further. */
const MOST = 100;

class Unread {
  count = $state(0);
  /** Conversations with something new, and people who ask for one. */
  messages = $state(0);
  requests = $state(0);
  #leave: (() => void) | undefined;
  /** How often something was told: what was asked before that may be older when it comes. */
  #told = 0;

  /** A number as it is shown. */
  shown(number: number): string {
    return number < MOST ? String(number) : `${MOST - 1}+`;
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
    if (event === 'inbox') this.#take(told['unread'] as number);
    else if (told['unread']) this.take(told['unread'] as Schemas['UnreadMessagesOut']);
    if (event === 'hello' || event === 'bus.lost') void this.ask();
  }

  /** So many conversations are unread now. */
  take({ messages, requests }: Schemas['UnreadMessagesOut']): void {
    this.messages = messages;
    this.requests = requests;
    this.#told += 1;
  }

  #take(count: number): void {
    this.count = count;
    this.#told += 1;
  }

  /** Each tab's stream takes one of the few connections that a browser makes to a host: hidden tabs have none. */
  #follow(): void {
    const isWanted = session.me !== null && !document.hidden;
    if (!session.me) this.count = this.messages = this.requests = 0;
    if (isWanted) this.#leave ??= subscribe('me', (message) => this.hear(message));
    else {
      this.#leave?.();
      this.#leave = undefined;
    }
  }

  async ask(): Promise<void> {
    const told = this.#told;
    try {
      const [notices, messages] = await Promise.all([
        data(client.GET('/api/v1/me/inbox/unread')),
        data(client.GET('/api/v1/messages/unread')),
      ]);
      if (told !== this.#told) return await this.ask();
      this.#take(notices.unread);
      this.take(messages);
    } catch {
      return; // the next stream asks again
    }
  }
}

export const unread = new Unread();
