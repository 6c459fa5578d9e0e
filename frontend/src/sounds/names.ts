/** What a sound is called where it stands in one line. */
interface Named {
  readonly name: string;
  readonly handle?: string;
  readonly owner?: { readonly handle: string } | null;
}

export function soundName(sound: Named): string {
  const handle = sound.handle ?? sound.owner?.handle ?? '';
  if (sound.name) return handle ? `${sound.name} · @${handle}` : sound.name;
  return handle ? `Original sound · @${handle}` : 'Original sound';
}
