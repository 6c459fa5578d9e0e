/** What somebody says is shown at once, and stays with its words where it could not be sent. */
import { say } from '../api/client';
import { emit } from './events';

export interface Sending {
  /** Of what this page says and the server has not taken yet. */
  sending?: 'now' | 'failed' | undefined;
}

/** Send what is shown; where that fails it is marked, and the reason said. `undefined`: it failed, or is shown no more. */
export async function deliver<T>(
  find: () => Sending | undefined,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  const shown = find();
  if (!shown) return undefined;
  shown.sending = 'now';
  try {
    return await ask();
  } catch (problem) {
    const failed = find();
    if (failed) failed.sending = 'failed';
    emit('toast', say(problem));
    return undefined;
  }
}
