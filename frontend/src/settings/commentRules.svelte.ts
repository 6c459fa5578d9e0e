/** Which comments under the viewer's videos wait until they have read them. */
import { client, data, say, type Schemas } from '../api/client';
import { inOrder } from '../lib/inOrder';

const WORDS = '/api/v1/me/comments/rules/words';

export class CommentRules {
  rules = $state<Schemas['RulesOut'] | null>(null);
  error = $state('');

  load(): Promise<boolean> {
    return this.#ask(() => data(client.GET('/api/v1/me/comments/rules')));
  }

  setApprovesFirst(approves_first: boolean): Promise<boolean> {
    if (this.rules) this.rules.approves_first = approves_first;
    return this.#ask(() => data(client.PATCH('/api/v1/me/comments/rules', { body: { approves_first } })));
  }

  add(words: string[]): Promise<boolean> {
    return this.#ask(() => data(client.POST(WORDS, { body: { words } })));
  }

  remove(word: string): Promise<boolean> {
    return this.#ask(() => data(client.DELETE(WORDS, { params: { query: { word } } })));
  }

  /** Ask after whatever was asked before; whether it was done. */
  async #ask(ask: () => Promise<Schemas['RulesOut']>): Promise<boolean> {
    this.error = '';
    const before = this.rules;
    try {
      this.rules = await inOrder('comment rules', ask);
      return true;
    } catch (problem) {
      this.error = say(problem);
      this.rules = before && { ...before };
      return false;
    }
  }
}
