/** Sending a video to several people: whom it is for, what is said with it, and what became of it. */
import { client, data, say, type Author, type Schemas } from '../api/client';
import { emit } from '../lib/events';
import { plural } from '../lib/words';
import { uuid7 } from '../lib/uuid';

/** At once. */
export const MOST = 10;

export class VideoToSend {
  /** In the order in which they were chosen. */
  chosen = $state<Author[]>([]);
  note = $state('');
  isBusy = $state(false);
  error = $state('');
  /** However often it is tried, each of them has it once. */
  readonly #key = uuid7();

  constructor(
    private readonly videoId: string,
    first: Author | null,
  ) {
    if (first) this.chosen = [first];
  }

  get isFull(): boolean {
    return this.chosen.length >= MOST;
  }

  has({ id }: Author): boolean {
    return this.chosen.some((one) => one.id === id);
  }

  set(person: Author, isChosen: boolean): void {
    const others = this.chosen.filter(({ id }) => id !== person.id);
    this.chosen = isChosen ? [...others, person] : others;
  }

  /** Whether it went to anybody. Without a line all stays as it is, to be tried again. */
  async send(): Promise<boolean> {
    this.isBusy = true;
    this.error = '';
    try {
      const params = { path: { video_id: this.videoId } };
      const to = this.chosen.map(({ handle }) => handle);
      const body = { to, text: this.note.trim(), key: this.#key };
      return this.#tell(await data(client.POST('/api/v1/videos/{video_id}/send', { params, body })));
    } catch (problem) {
      this.error = say(problem);
      return false;
    } finally {
      this.isBusy = false;
    }
  }

  #tell({ sent, refused }: Schemas['DeliveriesOut']): boolean {
    const [first] = refused;
    if (first && sent.length === 0) {
      this.error = first.detail;
      return false;
    }
    const done = plural(sent.length, ['Sent to # person.', 'Sent to # people.']);
    const not = plural(refused.length, ['# person did not get it.', '# people did not get it.']);
    emit('toast', first ? `${done} ${not} ${first.detail}` : done);
    return true;
  }
}
