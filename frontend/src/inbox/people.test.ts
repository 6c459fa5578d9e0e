import { expect, it } from 'vitest';

import type { Notice } from './groups';
import { who } from './people';
import { parts, words } from './words';

const people = ['Ana', 'Ben', ''].map((name, at) => ({
  id: `${at}`,
  handle: `p${at}`,
  name,
  avatar_url: null,
}));
const plain = (text: string): string => text.replaceAll(/[\u2068\u2069]/g, '');

it('names one or two people', () => {
  expect(plain(who({ people: people.slice(0, 1), person_count: 1 }))).toBe('Ana');
  expect(plain(who({ people: people.slice(0, 2), person_count: 2 }))).toBe('Ana and Ben');
});

it('names two of many and counts the others', () => {
  expect(plain(who({ people, person_count: 3 }))).toBe('Ana, Ben, and 1 other');
  expect(plain(who({ people, person_count: 14 }))).toBe('Ana, Ben, and 12 others');
  expect(plain(who({ people, person_count: 1000 }))).toBe('Ana, Ben, and 998+ others');
});

it('calls who has no name by the handle', () => {
  expect(plain(who({ people: people.slice(2), person_count: 1 }))).toBe('@p2');
});

it('says what they did, with their names apart', () => {
  const notice = { kind: 'mention', people: people.slice(0, 1), person_count: 1, text: 'Hey' } as Notice;
  expect(parts(words(notice))).toEqual(['', 'Ana', ' mentioned you in a comment.']);
  expect(words({ ...notice, kind: 'security', event: 'signed_in', browser: 'Firefox' })).toBe(
    'New sign-in to your account with Firefox.',
  );
});
