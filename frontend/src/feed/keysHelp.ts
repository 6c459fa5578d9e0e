/** What each key of the feed does, as the help sheet lists it. */
import { phrase } from '../lib/words';

interface Help {
  readonly does: string;
  /** As the browser names the key, and as it stands on it. */
  readonly keys: readonly { readonly key: string; readonly label: string }[];
}

const one = (key: string, label = key.toUpperCase()): Help['keys'][number] => ({ key, label });

export const KEYS: readonly Help[] = [
  { does: 'Next video', keys: [one('ArrowDown', '↓'), one('j'), one('PageDown', 'Page ↓')] },
  {
    does: 'Previous video; new videos from the first',
    keys: [one('ArrowUp', '↑'), one('k'), one('PageUp', 'Page ↑')],
  },
  { does: 'Pause and play', keys: [one(' ', 'Space')] },
  {
    does: phrase('5 seconds back and on, or to another photo'),
    keys: [one('ArrowLeft', '←'), one('ArrowRight', '→')],
  },
  { does: 'Slower and faster', keys: [one('<'), one('>')] },
  { does: 'Sound off and on', keys: [one('m')] },
  { does: 'Subtitles on and off', keys: [one('s')] },
  { does: 'Like, and no longer', keys: [one('l')] },
  { does: 'Comments', keys: [one('c')] },
  { does: 'Full screen', keys: [one('f')] },
  { does: 'Picture-in-picture', keys: [one('p')] },
  { does: 'This list', keys: [one('?')] },
  { does: 'Close what is open, show everything again', keys: [one('Escape', 'Esc')] },
];
