import { render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import CaptionField from '../create/CaptionField.svelte';
import { replaced, Suggestions, wordAt, type Suggestion, type Word } from './suggest.svelte';

const at = (text: string): Word | null => wordAt(text.replace('|', ''), text.indexOf('|'));

describe('the word in which the caret stands', () => {
  test.each([
    ['#da|', { start: 0, end: 3, kind: '#', prefix: 'da' }],
    ['so #da|nce now', { start: 3, end: 9, kind: '#', prefix: 'da' }],
    ['with @be.n|', { start: 5, end: 10, kind: '@', prefix: 'be.n' }],
    ['(@|', { start: 1, end: 2, kind: '@', prefix: '' }],
    ['eins\n#Стра|', { start: 5, end: 10, kind: '#', prefix: 'Стра' }],
    ['#नमस्ते|', { start: 0, end: 7, kind: '#', prefix: 'नमस्ते' }],
  ])('%s', (text, word) => expect(at(text)).toEqual(word));

  test.each(['da|', '#da |', 'a#b|', 'mail@home|', '##a|', '/@a|', '|#da', '#a.b|', ''])(
    '%s is none',
    (text) => {
      expect(at(text)).toBeNull();
    },
  );
});

test('what is chosen takes the whole word’s place, with one space behind it', () => {
  const word = at('so #da|nce, now')!;
  expect(replaced('so #dance, now', word, '#dancing')).toEqual({ text: 'so #dancing , now', caret: 12 });
  expect(replaced('#da now', at('#da| now')!, '#dance')).toEqual({ text: '#dance now', caret: 7 });
});

describe('suggestions', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const of = (...names: string[]): Suggestion[] => names.map((name) => ({ value: name, name, note: '' }));

  test('wait until the person pauses, and the latest question wins', async () => {
    const answers = new Map<string, (found: Suggestion[]) => void>();
    const ask = vi.fn(({ prefix }: Word) => new Promise<Suggestion[]>((done) => answers.set(prefix, done)));
    const suggestions = new Suggestions(ask, 100);
    suggestions.look('#d', 2);
    suggestions.look('#da', 3);
    await vi.advanceTimersByTimeAsync(100);
    suggestions.look('#dan', 4);
    await vi.advanceTimersByTimeAsync(100);
    answers.get('dan')!(of('#dance'));
    await vi.advanceTimersByTimeAsync(0);
    answers.get('da')!(of('#dada'));
    await vi.advanceTimersByTimeAsync(0);
    expect(ask.mock.calls.map(([word]) => word.prefix)).toEqual(['da', 'dan']);
    expect(suggestions.items).toEqual(of('#dance'));
  });

  test('close when the caret leaves the word, also for an answer that is still on its way', async () => {
    const suggestions = new Suggestions(() => Promise.resolve(of('#dance')), 100);
    suggestions.look('#da', 3);
    await vi.advanceTimersByTimeAsync(99);
    suggestions.look('#da ', 4);
    await vi.advanceTimersByTimeAsync(200);
    expect(suggestions.items).toEqual([]);
  });

  test('a server that does not answer suggests nothing', async () => {
    const suggestions = new Suggestions(() => Promise.reject(new Error('offline')), 0);
    suggestions.look('#da', 3);
    await vi.advanceTimersByTimeAsync(1);
    expect(suggestions.items).toEqual([]);
  });

  test('the arrows go around', async () => {
    const suggestions = new Suggestions(() => Promise.resolve(of('a', 'b', 'c')), 0);
    suggestions.look('@x', 2);
    await vi.advanceTimersByTimeAsync(1);
    const steps = ([1, 1, 1, 1, -1, -1] as const).map((by) => (suggestions.move(by), suggestions.active));
    expect(steps).toEqual([0, 1, 2, 0, 2, 1]);
    suggestions.active = -1;
    suggestions.move(-1);
    expect(suggestions.active).toBe(2);
  });
});

test('the field says what list it has, and which option the keys have come to', () => {
  render(CaptionField, { value: '', longest: 2200 });
  const field = screen.getByRole('textbox', { name: 'Caption' });
  expect(field.getAttribute('aria-autocomplete')).toBe('list');
  const list = document.getElementById(field.getAttribute('aria-controls')!)!;
  expect([list.role ?? list.getAttribute('role'), list.hidden]).toEqual(['listbox', true]);
  expect(field.hasAttribute('aria-activedescendant')).toBe(false);
});
