import { expect, test } from 'vitest';

import { rows } from './reasons';

test('the terms of a score stand by size, with their sign and their share of the largest', () => {
  expect(
    rows([
      { name: 'fresh', label: 'Fresh', value: 0.1 },
      { name: 'seen', label: 'Seen often', value: -0.4 },
      { name: 'level', label: 'Level', value: 0 },
    ]),
  ).toEqual([
    { label: 'Seen often', value: '-0.4', share: 1 },
    { label: 'How new it is', value: '+0.1', share: 0.25 },
    { label: 'Level', value: '0', share: 0 },
  ]);
});

test('terms that are all nothing have no share', () => {
  expect(rows([{ name: 'a', label: 'a', value: 0 }])).toEqual([{ label: 'a', value: '0', share: 0 }]);
  expect(rows([])).toEqual([]);
});
