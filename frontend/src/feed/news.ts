/** What other parts of the app come to know about videos and people, brought to the videos of a feed. */
import { on } from '../lib/events';
import type { Item } from './kinds';

export function hearNews(feed: { readonly items: readonly Item[] }): void {
  const all = (videoId: string): Item[] => feed.items.filter((item) => item.id === videoId);
  on('countsChanged', ({ videoId, ...counts }) => {
    for (const item of all(videoId)) Object.assign(item.counts, counts);
  });
  on('markSettled', ({ videoId, mark, isSet, counted, number }) => {
    for (const { counts, viewer } of all(videoId)) {
      counts[counted] = number ?? counts[counted] + Number(isSet) - Number(viewer[mark]);
      viewer[mark] = isSet;
    }
  });
  on('followChanged', ({ handle, ...tie }) => {
    for (const item of feed.items) if (item.author.handle === handle) Object.assign(item.viewer, tie);
  });
}
