import { load, save } from './storage';

export type Theme = 'auto' | 'dark' | 'light';
const bright = matchMedia('(prefers-color-scheme: light)');

export function theme(): Theme {
  const kept = load('theme');
  return kept === 'light' || kept === 'auto' ? kept : 'dark';
}

export function setTheme(value: Theme): void {
  save('theme', value);
  apply();
}

/** Put the chosen theme on the page; the stage stays dark in every theme. */
export function apply(): void {
  const chosen = theme();
  document.documentElement.dataset['theme'] =
    chosen === 'auto' ? (bright.matches ? 'light' : 'dark') : chosen;
}

bright.addEventListener('change', apply);
