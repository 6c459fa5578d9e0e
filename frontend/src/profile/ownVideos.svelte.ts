/** The viewer's own videos and how far they are, live. */
import { client, data, say, type Schemas } from '../api/client';
import { emit } from '../lib/events';
import { subscribe } from '../lib/live';
import { failureWords } from '../studio/failures';
import { moment } from '../studio/times';

export type OwnVideo = Schemas['VideoStatusOut'];

/** What the owner reads about a video that is not published. */
export function words(video: OwnVideo): string {
  if (video.failure) return failureWords(video.failure);
  if (video.state === 'scheduled') return `Goes out ${moment(video.publish_at ?? '')}`;
  return video.state === 'removed' ? 'This video was taken down.' : 'Getting it ready …';
}

export class OwnVideosState {
  items = $state<OwnVideo[]>([]);
  error = $state('');

  /** Load and listen; returns how to stop. */
  open(): () => void {
    void this.load();
    return subscribe('me', ({ event, data: told }) => {
      if (event === 'bus.lost') void this.load();
      if (event === 'video.state') this.#take(told as unknown as OwnVideo);
    });
  }

  async load(): Promise<void> {
    try {
      this.items = (await data(client.GET('/api/v1/me/videos'))).items;
      this.error = '';
    } catch (error) {
      this.error = say(error);
    }
  }

  #take(told: OwnVideo): void {
    const known = this.items.some((item) => item.id === told.id);
    this.items = known
      ? this.items.map((item) => (item.id === told.id ? told : item))
      : [told, ...this.items];
  }

  find(id: string): OwnVideo | undefined {
    return this.items.find((item) => item.id === id);
  }

  async retry(id: string): Promise<void> {
    try {
      this.#take(
        await data(client.POST('/api/v1/videos/{video_id}/retry', { params: { path: { video_id: id } } })),
      );
    } catch (error) {
      emit('toast', say(error));
    }
  }

  async remove(id: string): Promise<boolean> {
    try {
      await data(client.DELETE('/api/v1/videos/{video_id}', { params: { path: { video_id: id } } }));
      this.items = this.items.filter((item) => item.id !== id);
      return true;
    } catch (error) {
      emit('toast', say(error));
      return false;
    }
  }
}
