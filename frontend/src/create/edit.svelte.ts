/** One of the viewer's own videos while it is being changed. */
import { client, data, say, type Schemas } from '../api/client';
import { emit } from '../lib/events';
import { subscribe } from '../lib/live';
import type { OwnVideo } from '../profile/ownVideos.svelte';

export class EditState {
  video = $state<OwnVideo | null>(null);
  error = $state('');
  /** Which part is being saved. */
  busy = $state('');
  #isGone = false;
  #loading: Promise<void> | undefined;
  readonly #path: { video_id: string };

  constructor(id: string) {
    this.#path = { video_id: id };
  }

  /** Load and listen; returns how to stop. */
  open(): () => void {
    void this.load();
    return subscribe('me', ({ event, data: told }) => {
      // What is told may be cut short: it only says when to look.
      if (event === 'bus.lost' || (event === 'video.state' && told.id === this.#path.video_id))
        void this.load();
    });
  }

  load(): Promise<void> {
    if (this.busy === 'remove' || this.#isGone) return Promise.resolve();
    this.#loading = this.#load();
    return this.#loading;
  }

  async #load(): Promise<void> {
    try {
      this.video = await data(client.GET('/api/v1/me/videos/{video_id}', { params: { path: this.#path } }));
      this.error = '';
    } catch (problem) {
      this.error = say(problem);
    }
  }

  patch(part: string, body: Schemas['VideoPatch'], done = 'Saved'): Promise<boolean> {
    return this.#change(
      part,
      () => data(client.PATCH('/api/v1/videos/{video_id}', { params: { path: this.#path }, body })),
      done,
    );
  }

  /** Lay a sound under it, or none. */
  sound(sound: Schemas['SoundChoiceIn'] | null): Promise<boolean> {
    const options = { params: { path: this.#path }, body: { sound } };
    return this.#change('sound', () => data(client.PUT('/api/v1/videos/{video_id}/sound', options)));
  }

  /** Put it first on its author's page, or let it stand where its age puts it. */
  pin(wanted: boolean): Promise<boolean> {
    const options = { params: { path: this.#path } };
    return this.#change(
      'pin',
      () =>
        data(
          wanted
            ? client.PUT('/api/v1/videos/{video_id}/pin', options)
            : client.DELETE('/api/v1/videos/{video_id}/pin', options),
        ),
      wanted ? 'It stands first on your page now.' : 'It stands where its age puts it.',
    );
  }

  /** Have it go out at a time. */
  schedule(publish_at: string): Promise<boolean> {
    const options = { params: { path: this.#path }, body: { publish_at } };
    const ask = (): Promise<OwnVideo> => data(client.PUT('/api/v1/videos/{video_id}/schedule', options));
    return this.#change('schedule', ask, 'Saved');
  }

  /** Have it go out now, or as soon as it is ready. */
  publish(): Promise<boolean> {
    const options = { params: { path: this.#path } };
    return this.#change('publish', () => data(client.POST('/api/v1/videos/{video_id}/publish', options)));
  }

  /** Give its time up: it stays private. */
  unschedule(): Promise<boolean> {
    const options = { params: { path: this.#path } };
    const ask = (): Promise<OwnVideo> => data(client.DELETE('/api/v1/videos/{video_id}/schedule', options));
    return this.#change('unschedule', ask, 'Only you see it.');
  }

  /** Take it out of the bin. */
  restore(): Promise<boolean> {
    const options = { params: { path: this.#path } };
    const ask = (): Promise<OwnVideo> => data(client.POST('/api/v1/videos/{video_id}/restore', options));
    return this.#change('restore', ask, 'Restored');
  }

  /** Try once more to make it. */
  retry(): Promise<boolean> {
    return this.#change('retry', () =>
      data(client.POST('/api/v1/videos/{video_id}/retry', { params: { path: this.#path } })),
    );
  }

  /** Put an upload in its place. */
  replace(uploadId: string): Promise<boolean> {
    const options = { params: { path: this.#path }, body: { upload_id: uploadId } };
    return this.#change('file', () => data(client.PUT('/api/v1/videos/{video_id}/upload', options)));
  }

  remove(): Promise<boolean> {
    return this.#change('remove', async () => {
      await this.#loading; // else it would ask for what is just being deleted
      await data(client.DELETE('/api/v1/videos/{video_id}', { params: { path: this.#path } }));
      this.#isGone = true;
      return null;
    });
  }

  async #change(part: string, ask: () => Promise<OwnVideo | null>, done = ''): Promise<boolean> {
    this.busy = part;
    try {
      this.video = (await ask()) ?? this.video; // a deleted one is shown until the page is left
      if (done) emit('toast', done);
      return true;
    } catch (problem) {
      emit('toast', say(problem));
      return false;
    } finally {
      this.busy = '';
    }
  }
}
