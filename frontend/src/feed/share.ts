/** Hand a video on: to the system, or as a link or the code for another site, which are copied. */
import { client, data, say } from '../api/client';
import { emit } from '../lib/events';

export type How = 'system' | 'copy' | 'embed';
const DONE = { copy: 'Link copied', embed: 'Embed code copied' } as const;

export const canShare = (): boolean => typeof navigator.share === 'function';

/** Whether it was shared. */
export async function share(video: { id: string; caption: string }, how: How): Promise<boolean> {
  try {
    const options = { params: { path: { video_id: video.id } }, body: { kind: how } };
    const { url } = await data(client.POST('/api/v1/videos/{video_id}/share', options));
    if (how === 'system') {
      await navigator.share({ url, text: video.caption });
    } else {
      await navigator.clipboard.writeText(how === 'embed' ? await embedCode(url) : url);
      emit('toast', DONE[how]);
    }
    return true;
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) emit('toast', say(error));
    return false;
  }
}

/** The HTML that shows the video of an address, as other sites ask for it. */
async function embedCode(url: string): Promise<string> {
  const answer = await fetch(`/oembed?${new URLSearchParams({ url })}`);
  if (!answer.ok) throw new Error('This video cannot be shown on other sites.');
  return ((await answer.json()) as { html: string }).html;
}
