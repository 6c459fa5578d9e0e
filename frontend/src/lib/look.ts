/** How pages look and move on this device: its browser keeps it, and `<html>` says it to the style sheets. */
import { load, loadObject, save } from './storage';

export const TEXT_SIZES = [100, 115, 130, 150] as const;

export interface Look {
  /** 'auto', here and below: as the device has it. */
  theme: 'auto' | 'dark' | 'light';
  motion: 'auto' | 'less';
  contrast: 'auto' | 'more';
  /** Per cent of the browser's own size. */
  text: (typeof TEXT_SIZES)[number];
  /** Where the buttons over a clip are; 'auto': where the page's direction has them. */
  hand: 'auto' | 'left' | 'right';
}

const PLAIN: Look = { theme: 'dark', motion: 'auto', contrast: 'auto', text: 100, hand: 'auto' };
const ALLOWED: { [K in keyof Look]: readonly Look[K][] } = {
  theme: ['auto', 'dark', 'light'],
  motion: ['auto', 'less'],
  contrast: ['auto', 'more'],
  text: TEXT_SIZES,
  hand: ['auto', 'left', 'right'],
};
/** What the device is asked. */
export const DEVICE = {
  theme: '(prefers-color-scheme: light)',
  motion: '(prefers-reduced-motion: reduce)',
  contrast: '(prefers-contrast: more)',
} as const;

function known<K extends keyof Look>(name: K, kept: unknown): Look[K] {
  return ALLOWED[name].find((value) => value === kept) ?? PLAIN[name];
}

/** What was chosen; of what was kept, only what there is to choose. */
export function look(): Look {
  const kept = loadObject<Look>('look');
  return {
    theme: known('theme', load('theme')),
    motion: known('motion', kept.motion),
    contrast: known('contrast', kept.contrast),
    text: known('text', kept.text),
    hand: known('hand', kept.hand),
  };
}

export function setLook(wishes: Partial<Look>): void {
  const { theme, ...others } = { ...look(), ...wishes };
  save('theme', theme);
  save('look', JSON.stringify(others));
  apply({ theme, ...others });
}

/** Say it on `<html>`; the stage stays dark in every theme. */
export function apply({ theme, motion, contrast, text, hand }: Look = look()): void {
  const { dataset } = document.documentElement;
  const device = (name: keyof typeof DEVICE): boolean => matchMedia(DEVICE[name]).matches;
  dataset['theme'] = theme === 'auto' ? (device('theme') ? 'light' : 'dark') : theme;
  say(dataset, 'motion', motion === 'less' || device('motion') ? 'less' : '');
  say(dataset, 'contrast', contrast === 'more' || device('contrast') ? 'more' : '');
  say(dataset, 'text', text === 100 ? '' : String(text));
  say(dataset, 'hand', hand === 'auto' ? '' : hand);
}

function say(dataset: DOMStringMap, name: string, value: string): void {
  if (value) dataset[name] = value;
  else delete dataset[name];
}
