/** A text as pieces, those that were searched for marked; ranges are in code points, as the server has them. */
import type { Schemas } from '../api/client';

type Span = Schemas['SpanOut'];

export interface Piece {
  readonly text: string;
  readonly isMatch: boolean;
}

/** So much is shown of a text before the first match, when that stands further behind. */
const BEFORE = 24;
const FAR = 60;

export function pieces(text: string, spans: readonly Span[]): Piece[] {
  const letters = [...text];
  const found: Piece[] = [];
  const [first] = spans;
  let at = 0;
  if (first && first.start > FAR) {
    at = wordStart(letters, first.start - BEFORE);
    found.push({ text: '… ', isMatch: false });
  }
  for (const { start, end } of spans) {
    if (start > at) found.push({ text: letters.slice(at, start).join(''), isMatch: false });
    found.push({ text: letters.slice(Math.max(at, start), end).join(''), isMatch: true });
    at = end;
  }
  if (at < letters.length) found.push({ text: letters.slice(at).join(''), isMatch: false });
  return found;
}

/** The beginning of the next word from a place on. */
function wordStart(letters: readonly string[], from: number): number {
  const space = letters.findIndex((letter, at) => at >= from && /\s/u.test(letter));
  return space < 0 || space > from + BEFORE ? from : space + 1;
}
