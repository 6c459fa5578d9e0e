/** Liking on the server, and taking it back. */
import { client, data, type Schemas } from '../api/client';
import { inOrder } from '../lib/inOrder';

/** Whether this viewer likes a video from now on; the answer says how many do. */
export function setLike(id: string, wanted: boolean): Promise<Schemas['LikeState']> {
  const options = { params: { path: { video_id: id } } };
  const ask = (): Promise<Schemas['LikeState']> =>
    data(
      wanted
        ? client.PUT('/api/v1/videos/{video_id}/like', options)
        : client.DELETE('/api/v1/videos/{video_id}/like', options),
    );
  return inOrder(`like ${id}`, ask);
}
