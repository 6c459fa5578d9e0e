/** A message as pieces: words, and the addresses among them that lead somewhere. */
import type { Piece } from '../lib/format';

/** What stands behind an address and ends the sentence around it. */
const AFTER = /[.,;:!?'"»”)\]]+$/u;

export function linked(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(/https?:\/\/[\p{L}\p{N}][^\s<>]*/giu)) {
    const href = match[0].replace(AFTER, '');
    if (match.index > end) found.push({ text: text.slice(end, match.index) });
    found.push({ text: href, href });
    end = match.index + href.length;
  }
  if (end < text.length) found.push({ text: text.slice(end) });
  return found;
}
