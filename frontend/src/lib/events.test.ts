import { expect, it } from 'vitest';

import { emit, on } from './events';

it('tells everyone who listens, and nobody who left, even while it is telling', () => {
  const heard: string[] = [];
  const leaveFirst = on('toast', (words) => {
    heard.push(`first ${words}`);
    leaveFirst();
  });
  const leaveSecond = on('toast', (words) => heard.push(`second ${words}`));
  emit('toast', 'a');
  emit('toast', 'b');
  leaveSecond();
  emit('toast', 'c');
  expect(heard).toEqual(['first a', 'second a', 'second b']);
});
