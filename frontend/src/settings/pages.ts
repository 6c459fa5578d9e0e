/** The pages of the settings, in their groups: a page is one entry here. */
import type { Component } from 'svelte';

import Accessibility from './Accessibility.svelte';
import Appearance from './Appearance.svelte';
import CommentFilter from './CommentFilter.svelte';
import Email from './Email.svelte';
import FeedSettings from './FeedSettings.svelte';
import HeldQueue from './HeldQueue.svelte';
import Notifications from '../inbox/Notifications.svelte';
import Install from './Install.svelte';
import KeptPeople from './KeptPeople.svelte';
import LanguageChoice from './LanguageChoice.svelte';
import OwnProfile from './OwnProfile.svelte';
import Password from './Password.svelte';
import Playback from './Playback.svelte';
import Privacy from './Privacy.svelte';
import Security from './Security.svelte';
import Sessions from './Sessions.svelte';
import Storage from './Storage.svelte';

interface Entry {
  readonly label: string;
  readonly about: string;
  /** Visitors do not have it. */
  readonly isForMembers?: true;
}

export interface SettingsPage extends Entry {
  /** The end of its address. */
  readonly name: string;
  readonly parts: readonly Component[];
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
        parts: [OwnProfile],
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
        parts: [Password, Security],
      },
      { name: 'email', label: 'E-mail', about: 'To get back in', isForMembers: true, parts: [Email] },
      {
        name: 'sessions',
        label: 'Devices',
        about: 'Where you are signed in',
        isForMembers: true,
        parts: [Sessions],
      },
      {
        name: 'notifications',
        label: 'Notifications',
        about: 'What you are told, and how',
        isForMembers: true,
        parts: [Notifications],
      },
      {
        name: 'storage',
        label: 'Storage',
        about: 'How much room you use',
        isForMembers: true,
        parts: [Storage],
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
        parts: [Privacy],
      },
      {
        name: 'people',
        label: 'Blocked and muted',
        about: 'Whom you keep out',
        isForMembers: true,
        parts: [KeptPeople],
      },
      {
        name: 'feed',
        label: 'Feed',
        about: 'Personalised or not, topics, muted words',
        parts: [FeedSettings],
      },
      {
        name: 'comments',
        label: 'Comments',
        about: 'What waits for you, words to filter',
        isForMembers: true,
        parts: [HeldQueue, CommentFilter],
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
      { name: 'appearance', label: 'Appearance', about: 'Light or dark', parts: [Appearance, Install] },
      {
        name: 'language',
        label: 'Language',
        about: 'English, Deutsch, العربية',
        parts: [LanguageChoice],
      },
      { name: 'playback', label: 'Playback', about: 'Speed, quality, sound', parts: [Playback] },
      {
        name: 'accessibility',
        label: 'Accessibility',
        about: 'Text size, contrast, motion, left hand',
        parts: [Accessibility],
      },
    ],
  },
];

/** The page with this address, if there is one. */
export function pageOf(name: string): SettingsPage | undefined {
  const entries = GROUPS.flatMap((group) => group.entries);
  return entries.find((entry): entry is SettingsPage => 'name' in entry && entry.name === name);
}
