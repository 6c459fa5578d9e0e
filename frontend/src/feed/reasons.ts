/** Why a video stands in a feed: the terms of its score as people read them. */
import type { Schemas } from '../api/client';
import { locale } from '../lib/words';

export type Term = Pick<Schemas['ReasonTermOut'], 'label' | 'value'>;

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
    .map(({ label, value }) => ({ label, value: points(value), share: Math.abs(value) / largest }));
}
