/** Runs in the head of every page, before anything is painted: how pages look, and whether a clip may begin by itself. */
import { apply, DEVICE } from './lib/look';
import { loadObject } from './lib/storage';

apply();
for (const query of Object.values(DEVICE)) matchMedia(query).addEventListener('change', () => apply());

/** The clip in the page's HTML plays as soon as it is there, unless it is told not to before. */
function holdBoot(): void {
  const observer = new MutationObserver(() => {
    const boot = document.getElementById('boot');
    boot?.removeAttribute('autoplay');
    if (boot) observer.disconnect();
  });
  observer.observe(document.documentElement, { childList: true, subtree: true });
  addEventListener('DOMContentLoaded', () => observer.disconnect());
}

if (loadObject<{ autoplay: boolean }>('playback').autoplay === false) holdBoot();
