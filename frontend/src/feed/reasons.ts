/** Why a video stands in a feed: the terms of its score as people read them. */
import type { Schemas } from '../api/client';
import { locale } from '../lib/words';

export type Term = Pick<Schemas['ReasonTermOut'], 'name' | 'label' | 'value'>;

const TERMS: Readonly<Record<string, string>> = {
  taste: 'Close to what you watched for long',
  finished: 'People finish it',
  fresh: 'How new it is',
  followed: 'You follow its creator',
  dial: 'Your topic dials',
  together: 'People who watch the same as you watch it for long',
  model: 'What the sequence model expects you to do',
};
const FOUND: Readonly<Record<string, string>> = {
  near: 'Found among the kinds you watch for long.',
  asked: 'Found among kinds you have not been shown yet.',
  model: 'Found among those that the sequence model finds nearest to you.',
  newest: 'Found among the newest.',
  best: 'Found among what most people finish.',
  followed: 'Found among videos of people you follow.',
  beside: 'Found among what people watch who watch the same as you.',
  pool: 'Found among new videos that every viewer helps to judge.',
  everything: 'Found among everything here.',
};

/** Among which candidates it was found. */
export function foundText(reason: Pick<Schemas['Reason'], 'found' | 'found_code'>): string {
  return FOUND[reason.found_code] ?? `Found ${reason.found}.`;
}

const signed = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero', maximumFractionDigits: 2 });

/** What a score is, or a term adds to it. */
export function points(value: number): string {
  return signed.format(value);
}

/** The terms by size, each with its share of the largest. */
export function rows(terms: readonly Term[]): { label: string; value: string; share: number }[] {
  const largest = Math.max(...terms.map((term) => Math.abs(term.value)), Number.EPSILON);
  return [...terms]
    .sort((one, two) => Math.abs(two.value) - Math.abs(one.value))
    .map(({ name, label, value }) => ({
      label: TERMS[name] ?? label,
      value: points(value),
      share: Math.abs(value) / largest,
    }));
}
