/** The subtitles of one of the viewer's own videos. */
import { client, data, OFFLINE, say, type Schemas } from '../api/client';
import { emit } from '../lib/events';
import { locale } from '../lib/words';
import { readCues, type Cue } from './cues';

/** What people speak most on the web; a file in another language is put there by the API. */
const LANGUAGES =
  'ar bg bn ca cs da de el en es et fa fi fr gu he hi hr hu id is it ja kn ko lt lv ml mr ms nb nl pa pl pt pt-BR ro ru sk sl sr sv sw ta te th tl tr uk ur vi zh-Hans zh-Hant';
const names = new Intl.DisplayNames([locale], { type: 'language' });

export function nameOf(language: string): string {
  return names.of(language) ?? language;
}

/** Languages to choose from, the page's own first, then by their names. */
export function choices(): { code: string; name: string }[] {
  const own = locale.split('-')[0];
  return LANGUAGES.split(' ')
    .map((code) => ({ code, name: nameOf(code) }))
    .sort((a, b) => Number(b.code === own) - Number(a.code === own) || a.name.localeCompare(b.name, locale));
}

export class SubtitlesState {
  items = $state.raw<readonly Schemas['SubtitlesOut'][]>([]);
  isLoaded = $state(false);
  isBusy = $state(false);
  error = $state('');
  readonly #id: string;

  constructor(id: string) {
    this.#id = id;
  }

  async load(): Promise<void> {
    const options = { params: { path: { video_id: this.#id } } };
    await this.#try(async () => {
      this.items = (await data(client.GET('/api/v1/videos/{video_id}/subtitles', options))).items;
      this.isLoaded = true;
    });
  }

  /** The lines of a language; none when they did not come. */
  async cues(language: string): Promise<Cue[] | null> {
    const url = this.items.find((one) => one.language === language)?.url ?? '';
    let cues: Cue[] | null = null;
    await this.#try(async () => {
      const answer = await fetch(url).catch(() => Promise.reject(OFFLINE));
      const body = await answer.text();
      const told = answer.ok ? { data: body } : { error: JSON.parse(body) as unknown };
      cues = readCues(await data(Promise.resolve({ ...told, response: answer })));
    });
    return cues;
  }

  put(language: string, text: string): Promise<boolean> {
    const options = { params: { path: { video_id: this.#id, language } }, body: { text } };
    return this.#try(async () => {
      this.items = (await data(client.PUT('/api/v1/videos/{video_id}/subtitles/{language}', options))).items;
      emit('toast', 'Saved');
    });
  }

  remove(language: string): Promise<boolean> {
    const options = { params: { path: { video_id: this.#id, language } } };
    return this.#try(async () => {
      await data(client.DELETE('/api/v1/videos/{video_id}/subtitles/{language}', options));
      this.items = this.items.filter((one) => one.language !== language);
    });
  }

  async #try(act: () => Promise<void>): Promise<boolean> {
    this.isBusy = true;
    this.error = '';
    try {
      await act();
      return true;
    } catch (error) {
      this.error = say(error);
      return false;
    } finally {
      this.isBusy = false;
    }
  }
}
