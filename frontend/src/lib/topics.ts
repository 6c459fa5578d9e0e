/** Names of topics in the language of the page. */
import { TOPICS } from '../api/topics';

/** One that the server has and this page does not know is called as the server says. */
export function topicName({ id, name }: { readonly id: number; readonly name: string }): string {
  return TOPICS[id] ?? name;
}
