/** Why a video stands in a feed, in a line. The server says it in English, for programs it has codes. */
import type { Item } from './kinds';

const WORDS: Readonly<Record<string, string>> = {
  taste: 'Close to what you watch',
  fresh: 'Fresh',
  finished: 'People finish it',
  dial: 'You want more of this topic',
  together: 'Watched by people who watch the same as you',
  model: 'Follows from what you watched lately',
  asked: 'To find out whether you like this kind',
  explore: 'New to most people',
  again: 'You have seen it before',
  chance: 'From everything here',
};

export function because({ reason, author, repost }: Pick<Item, 'reason' | 'author' | 'repost'>): string {
  if (repost) return `Reposted by ${repost.by.name || `@${repost.by.handle}`}`;
  if (reason?.code === 'followed') return `You follow @${author.handle}`;
  return WORDS[reason?.code ?? ''] ?? reason?.text ?? '';
}
