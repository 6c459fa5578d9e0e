/** Why a video stands in a feed: one sentence always, and its whole account where the ranker gives it. */
import type { Schemas } from '../api/client';

export interface Term {
  readonly label: string;
  readonly value: number;
}

export type FullReason = Schemas['Reason'] & {
  readonly terms?: readonly Term[];
  /** How the video became a candidate, in words. */
  readonly source?: string;
  readonly is_exploration?: boolean;
};

const signed = new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero', maximumFractionDigits: 2 });

/** A term as people read it, and its share of the largest one. */
export function rows(terms: readonly Term[]): { label: string; value: string; share: number }[] {
  const largest = Math.max(...terms.map((term) => Math.abs(term.value)), Number.EPSILON);
  return [...terms]
    .sort((one, two) => Math.abs(two.value) - Math.abs(one.value))
    .map(({ label, value }) => ({ label, value: signed.format(value), share: Math.abs(value) / largest }));
}
