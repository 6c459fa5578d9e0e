/** Hand a video's link to the system, or copy it. */
import { client, data, say } from '../api/client';
import { emit } from '../lib/events';

/** Whether it was shared. */
export async function share(video: { id: string; caption: string }): Promise<boolean> {
  const canShare = typeof navigator.share === 'function';
  try {
    const body = { kind: canShare ? 'system' : 'copy' } as const;
    const options = { params: { path: { video_id: video.id } }, body };
    const { url } = await data(client.POST('/api/v1/videos/{video_id}/share', options));
    if (canShare) await navigator.share({ url, text: video.caption });
    else {
      await navigator.clipboard.writeText(url);
      emit('toast', 'Link copied');
    }
    return true;
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) emit('toast', say(error));
    return false;
  }
}
