/** The player on other sites. */
import './embed.css';
import { EmbedPlayer } from './player';

const root = document.querySelector<HTMLElement>('main[data-video]');
if (root) {
  // Whoever frames it may know all of this, and so may everybody else.
  const player = new EmbedPlayer(root, (word) => parent !== window && parent.postMessage(word, '*'));
  addEventListener('message', (event) => event.source === parent && player.obey(event.data));
  document.addEventListener('keydown', (event) => player.press(event));
  player.say('ready');
}
