/** What other parts of the app come to know about videos and people, brought to the videos of a feed. */
import { on } from '../lib/events';
import type { Item } from './kinds';

export function hearNews(feed: { readonly items: readonly Item[] }): void {
  const all = (videoId: string): Item[] => feed.items.filter((item) => item.id === videoId);
  on('countsChanged', ({ videoId, likes, comments }) => {
    for (const item of all(videoId)) {
      if (likes !== undefined) item.counts.likes = likes;
      if (comments !== undefined) item.counts.comments = comments;
    }
  });
  on('likeSettled', ({ videoId, liked, likes }) => {
    for (const item of all(videoId)) {
      item.counts.likes = likes ?? item.counts.likes + Number(liked) - Number(item.viewer.liked);
      item.viewer.liked = liked;
    }
  });
  on('followChanged', ({ handle, following }) => {
    for (const item of feed.items) if (item.author.handle === handle) item.viewer.following = following;
  });
}
