import { beforeEach, describe, expect, it, vi } from 'vitest';

import { client } from '../api/client';
import type { Item } from './kinds';
import type { Stage } from './stage.svelte';
import { Unwanted, wishesOf } from './unwanted.svelte';

const answer = (status = 204): never =>
  ({ data: undefined, error: { detail: 'No.' }, response: new Response(null, { status }) }) as never;
const item = (id: string, author = 'a'): Item =>
  ({
    id,
    author: { id: author, handle: author },
    sound: null,
    topics: [{ id: 1, name: 'Dance' }],
  }) as unknown as Item;

class FakeStage {
  feed = { items: [item('1'), item('2', 'b'), item('3')] };
  drop(isUnwanted: (one: Item) => boolean): void {
    this.feed.items = this.feed.items.filter((one) => !isUnwanted(one));
  }
  putBack(one: Item, index: number): void {
    this.feed.items.splice(index, 0, one);
  }
  get ids(): string[] {
    return this.feed.items.map(({ id }) => id);
  }
}

let stage: FakeStage;
let unwanted: Unwanted;
const said: string[] = [];

beforeEach(() => {
  said.length = 0;
  stage = new FakeStage();
  unwanted = new Unwanted(stage as unknown as Stage);
  for (const method of ['PUT', 'DELETE'] as const) {
    vi.spyOn(client, method).mockImplementation(((_: string, { params }: { params: { path: object } }) => {
      said.push([method, ...Object.values(params.path)].join(' '));
      return Promise.resolve(answer());
    }) as never);
  }
});

describe('Unwanted', () => {
  it('takes a video away at once and puts it back where it was', async () => {
    const second = stage.feed.items[1]!;
    const saying = unwanted.say(second);
    expect(stage.ids).toEqual(['1', '3']);
    await saying;
    await unwanted.undo();
    expect(stage.ids).toEqual(['1', '2', '3']);
    expect(said).toEqual(['PUT video 2', 'DELETE video 2']);
    expect(unwanted.item).toBeNull();
  });

  it('takes away more like it, and takes all of that back', async () => {
    const first = stage.feed.items[0]!;
    await unwanted.say(first);
    const [creator, topic] = wishesOf(first);
    await unwanted.toggle(creator!);
    expect(stage.ids).toEqual(['2']);
    await unwanted.toggle(topic!);
    expect(stage.ids).toEqual([]);
    await unwanted.toggle(creator!);
    expect(unwanted.has(creator!)).toBe(false);
    await unwanted.undo();
    expect(stage.ids).toEqual(['1']);
    expect(said).toEqual([
      'PUT video 1',
      'PUT creator a',
      'PUT topic 1',
      'DELETE creator a',
      'DELETE video 1',
      'DELETE topic 1',
    ]);
  });

  it('says more in the same tap', async () => {
    const first = stage.feed.items[0]!;
    await unwanted.say(first, wishesOf(first)[0]);
    expect([stage.ids, unwanted.said.length]).toEqual([['2'], 1]);
  });

  it('puts a video back that the server would not take away', async () => {
    vi.spyOn(client, 'PUT').mockResolvedValue(answer(500));
    await unwanted.say(stage.feed.items[0]!);
    expect(stage.ids).toEqual(['1', '2', '3']);
  });

  it('names the sound too, where there is one', () => {
    const sound = { id: 's', name: 'Waltz', handle: 'a', is_muted: false, muted_reason: '' };
    expect(wishesOf({ ...item('1'), sound }).map(({ label }) => label)).toEqual([
      'Nothing from @a',
      'Nothing with “Waltz”',
      'Nothing about Dance',
    ]);
  });

  it('is over when another video comes', async () => {
    await unwanted.say(stage.feed.items[0]!);
    unwanted.arrived();
    expect(unwanted.item).toBeNull();
  });
});
