import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { bestOf } from '../lib/tracks';
import { fakeVideo, keepTracks, type FakeVideo } from '../player/fake';
import { areShown, ownTrack, readAlong, wordsOf } from './subtitles';

keepTracks();

const tracks = (...languages: string[]): { language: string; url: string }[] =>
  languages.map((language) => ({ language, url: `/api/v1/videos/4kQz/subtitles/${language}` }));

describe('bestOf', () => {
  const of = (languages: string[], ...offered: string[]): string | undefined =>
    bestOf(tracks(...offered), languages)?.language;

  it('takes the very language of a viewer before a relative of an earlier one', () => {
    expect(of(['pt-BR', 'de'], 'en', 'pt', 'de')).toBe('de');
    expect(of(['PT-br'], 'pt', 'pt-BR')).toBe('pt-BR');
  });

  it('takes a relative before a stranger, and a stranger before nothing', () => {
    expect(of(['fr', 'pt-BR'], 'en', 'pt-PT')).toBe('pt-PT');
    expect(of(['de-CH'], 'en', 'de')).toBe('de');
    expect(of(['fr'], 'ar', 'en')).toBe('ar');
    expect(of(['fr'])).toBeUndefined();
  });

  it('asks the browser what its viewer reads', () => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['ar-EG', 'en']);
    expect(ownTrack(tracks('de', 'en', 'ar'))?.language).toBe('en');
    expect(ownTrack(tracks('de', 'ar'))?.language).toBe('ar');
  });
});

it('shows while there is no sound, always or never', () => {
  const wishes = ['muted', 'always', 'never'] as const;
  expect(wishes.map((wish) => areShown(wish, true))).toEqual([true, true, false]);
  expect(wishes.map((wish) => areShown(wish, false))).toEqual([false, true, false]);
});

/** A cue as browsers make it of `html`. */
function cue(html: string): TextTrackCue {
  const fragment = document.createRange().createContextualFragment(html);
  return { getCueAsHTML: () => fragment } as unknown as TextTrackCue;
}

it('has the words alone of what may be marked up', () => {
  expect(wordsOf([cue('<i>Hello</i> <span title="Ana">you &amp; me</span>\nagain '), cue('Bye')])).toBe(
    'Hello you & me\nagain\nBye',
  );
  expect(wordsOf(null)).toBe('');
});

describe('readAlong', () => {
  let video: FakeVideo;
  let changes: EventTarget;
  let said: string[];
  let end: () => void;

  beforeEach(() => {
    video = fakeVideo();
    changes = new EventTarget();
    Object.defineProperty(video, 'textTracks', { value: changes });
    said = [];
    end = readAlong(video, tracks('ar')[0]!, (words) => said.push(words));
  });
  afterEach(() => end());

  const element = (): HTMLTrackElement | null => video.querySelector('track');

  function say(...cues: TextTrackCue[]): TextTrack {
    const { track } = element()!;
    Object.defineProperty(track, 'activeCues', { value: cues, configurable: true });
    track.dispatchEvent(new Event('cuechange'));
    return track;
  }

  it('loads the track, unseen, and tells what it says', () => {
    expect(element()!.kind).toBe('captions');
    expect(element()!.srclang).toBe('ar');
    expect(element()!.getAttribute('src')).toBe('/api/v1/videos/4kQz/subtitles/ar');
    expect(element()!.track.mode).toBe('hidden');
    say(cue('One'), cue('Two'));
    say();
    expect(said).toEqual(['One\nTwo', '']);
  });

  it('stays unseen in a browser that shows by itself what its owner prefers', () => {
    const { track } = element()!;
    track.mode = 'showing';
    changes.dispatchEvent(new Event('change'));
    expect(track.mode).toBe('hidden');
  });

  it('leaves the element as it was, and says nothing more', () => {
    const track = say(cue('One'));
    end();
    expect(element()).toBeNull();
    track.dispatchEvent(new Event('cuechange'));
    expect(said).toEqual(['One', '']);
  });
});
