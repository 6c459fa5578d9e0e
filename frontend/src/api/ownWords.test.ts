import { expect, it } from 'vitest';

import { problem } from './client';
import { translate } from './ownWords';

it('says what the code means, of the whole and of a field, and leaves alone what it does not know', () => {
  const known = problem(422, {
    code: 'bad_time',
    detail: 'As the server says it.',
    fields: { publish_at: 'As the server says it.', caption: 'Use at most 2200 letters.' },
  });
  translate(known);
  expect(known.message).toMatch(/^A video goes out/);
  expect(known.fields).toEqual({ publish_at: known.message, caption: 'Use at most 2200 letters.' });
  const unknown = problem(400, { code: 'newer', detail: 'Something new.' });
  translate(unknown);
  expect(unknown.message).toBe('Something new.');
});
