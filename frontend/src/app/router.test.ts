import { describe, expect, it } from 'vitest';

import { match } from './router.svelte';

describe('match', () => {
  it.each([
    ['/', { name: 'feed', kind: 'foryou' }],
    ['/following', { name: 'feed', kind: 'following' }],
    ['/@ana.b', { name: 'profile', handle: 'ana.b' }],
    ['/@ana/4kQz', { name: 'video', handle: 'ana', id: '4kQz' }],
    ['/tag/caf%C3%A9', { name: 'tag', tag: 'café' }],
    ['/upload', { name: 'upload' }],
    ['/history', { name: 'history' }],
    ['/studio', { name: 'studio' }],
    ['/search', { name: 'search' }],
    ['/explore', { name: 'explore' }],
    ['/trends', { name: 'trends' }],
    ['/settings', { name: 'settings', section: '' }],
    ['/settings/security', { name: 'settings', section: 'security' }],
    ['/messages', { name: 'messages', whom: '' }],
    ['/messages/4kQz', { name: 'messages', whom: '4kQz' }],
    ['/messages/@ana.b', { name: 'messages', whom: '@ana.b' }],
    ['/nowhere', { name: 'missing' }],
  ])('%s', (path, route) => {
    expect(match(path)).toEqual(route);
  });
});
