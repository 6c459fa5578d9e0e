/** The pages of the settings, in their groups: a page is one entry here. */
import type { Component } from 'svelte';

/** Loaded when its page is opened. */
export type Part = () => Promise<{ default: Component }>;

interface Entry {
  readonly label: string;
  readonly about: string;
  /** Visitors do not have it. */
  readonly isForMembers?: true;
}

export interface SettingsPage extends Entry {
  /** The end of its address. */
  readonly name: string;
  readonly parts: readonly Part[];
}

/** Another page of the app or the instance that people look for here. */
interface Elsewhere extends Entry {
  readonly href: string;
}

interface Group {
  readonly label: string;
  readonly entries: readonly (SettingsPage | Elsewhere)[];
}

export const GROUPS: readonly Group[] = [
  {
    label: 'You',
    entries: [
      {
        name: 'profile',
        label: 'Profile',
        about: 'Name, picture, links',
        isForMembers: true,
        parts: [() => import('./OwnProfile.svelte')],
      },
    ],
  },
  {
    label: 'Account',
    entries: [
      {
        name: 'security',
        label: 'Password and sign-in',
        about: 'Two steps, passkeys',
        isForMembers: true,
        parts: [() => import('./Password.svelte'), () => import('./Security.svelte')],
      },
      {
        name: 'email',
        label: 'E-mail',
        about: 'To get back in',
        isForMembers: true,
        parts: [() => import('./Email.svelte')],
      },
      {
        name: 'sessions',
        label: 'Devices',
        about: 'Where you are signed in',
        isForMembers: true,
        parts: [() => import('./Sessions.svelte')],
      },
      {
        name: 'notifications',
        label: 'Notifications',
        about: 'What you are told, and how',
        isForMembers: true,
        parts: [() => import('../inbox/Notifications.svelte')],
      },
      {
        name: 'storage',
        label: 'Storage',
        about: 'How much room you use',
        isForMembers: true,
        parts: [() => import('./Storage.svelte')],
      },
    ],
  },
  {
    label: 'Feed and privacy',
    entries: [
      {
        name: 'privacy',
        label: 'Privacy',
        about: 'Private account, who can comment, being found',
        isForMembers: true,
        parts: [() => import('./Privacy.svelte')],
      },
      {
        name: 'people',
        label: 'Blocked and muted',
        about: 'Whom you keep out',
        isForMembers: true,
        parts: [() => import('./KeptPeople.svelte')],
      },
      {
        name: 'feed',
        label: 'Feed',
        about: 'Personalised or not, topics, muted words',
        parts: [() => import('./FeedSettings.svelte')],
      },
      {
        name: 'comments',
        label: 'Comments',
        about: 'What waits for you, words to filter',
        isForMembers: true,
        parts: [() => import('./HeldQueue.svelte'), () => import('./CommentFilter.svelte')],
      },
      { href: '/history', label: 'History', about: 'What you watched: search, remove, pause' },
      {
        href: '/transparency/ranking',
        label: 'How For You is ranked',
        about: 'The formula and every number in it',
      },
    ],
  },
  {
    label: 'This device',
    entries: [
      {
        name: 'appearance',
        label: 'Appearance',
        about: 'Light or dark',
        parts: [() => import('./Appearance.svelte'), () => import('./Install.svelte')],
      },
      {
        name: 'language',
        label: 'Language',
        about: 'English, Deutsch, العربية',
        parts: [() => import('./LanguageChoice.svelte')],
      },
      {
        name: 'playback',
        label: 'Playback',
        about: 'Speed, quality, sound',
        parts: [() => import('./Playback.svelte')],
      },
      {
        name: 'accessibility',
        label: 'Accessibility',
        about: 'Text size, contrast, motion, left hand',
        parts: [() => import('./Accessibility.svelte')],
      },
    ],
  },
];

/** The page with this address, if there is one. */
export function pageOf(name: string): SettingsPage | undefined {
  const entries = GROUPS.flatMap((group) => group.entries);
  return entries.find((entry): entry is SettingsPage => 'name' in entry && entry.name === name);
}
