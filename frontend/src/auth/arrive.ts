/** Someone came to /sign-in: by the menu, from a mail, or sent here by the operators' pages. */
import { router } from '../app/router.svelte';
import { session, type AuthStep } from './session.svelte';

/** Open the right sheet; afterwards go where the address says, within this site. */
export function arrive(): void {
  const asked = new URLSearchParams(location.search);
  const next = asked.get('next') ?? '/';
  const target = next.startsWith('/') && !next.startsWith('//') ? next : '/';
  const done = (): void => {
    if (target === '/') router.go('/', true);
    else location.assign(target); // pages beyond the app, such as the operators'
  };
  const closed = (): void => {
    if (router.path === '/sign-in') router.go('/', true);
  };
  void session.require(done, WHY[step(asked)], step(asked), closed);
}

const WHY: Record<AuthStep, string> = {
  signUp: 'A name and a password are enough.',
  signIn: 'Welcome back.',
  forgot: 'We send you a link to choose a new password.',
  reset: 'Choose a new password.',
};

function step(asked: URLSearchParams): AuthStep {
  if (asked.has('reset')) return 'reset';
  if (asked.has('forgot')) return 'forgot';
  return asked.has('join') || asked.has('invitation') ? 'signUp' : 'signIn';
}
