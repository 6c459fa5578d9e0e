/** Who is signed in, and the action that waits for a sign-in. */
import { client, data, say, type Instance, type Me } from '../api/client';
import { emit } from '../lib/events';

export type AuthStep = 'signUp' | 'signIn' | 'forgot' | 'reset';

/** Live messages are for whoever is signed in now. */
async function reconnect(): Promise<void> {
  (await import('../lib/live')).reconnect();
}

class Session {
  me = $state<Me | null>(null);
  instance = $state<Instance | null>(null);
  isKnown = $state(false);
  /** The sheet that asks to sign in, or none. */
  asking = $state<{ why: string; step: AuthStep } | null>(null);
  #waiting: (() => Promise<void> | void) | undefined;
  #closed: (() => void) | undefined;
  #ready: Promise<void> | undefined;

  /** Ask the server once who we are. */
  ready(): Promise<void> {
    this.#ready ??= this.refresh().catch((error: unknown) => {
      this.#ready = undefined; // no line: asked again the next time
      throw error;
    });
    return this.#ready;
  }

  async refresh(): Promise<void> {
    const answer = await data(client.GET('/api/v1/session'));
    this.me = answer.person;
    this.instance = answer.instance;
    this.isKnown = true;
  }

  /** Do `action` now, or as soon as the viewer has signed in; a closed sheet forgets it. */
  async require(
    action: () => Promise<void> | void,
    why: string,
    step: AuthStep = 'signUp',
    closed?: () => void,
  ): Promise<void> {
    try {
      await this.ready();
    } catch (error) {
      emit('toast', say(error));
      closed?.();
      return;
    }
    if (this.me) {
      await action();
      return;
    }
    this.#waiting = action;
    this.#closed = closed;
    this.asking = { why, step };
  }

  cancel(): void {
    this.#waiting = undefined;
    this.asking = null;
    this.#closed?.();
  }

  /** The server has made a session: learn who we are and finish what was asked for. */
  async entered(): Promise<void> {
    await this.refresh();
    const action = this.#waiting;
    this.#waiting = undefined;
    this.asking = null;
    if (!this.me) return;
    void reconnect();
    emit('signedIn', this.me);
    await action?.();
  }

  left(): void {
    this.me = null;
    void reconnect();
    emit('signedOut', undefined);
  }
}

export const session = new Session();

/** Do `action` once the viewer is signed in; asks, with a reason, when they are not. */
export function requireSignIn(action: () => Promise<void> | void, why: string): Promise<void> {
  return session.require(action, why);
}
