/** What more and more people use. */
import { client, data, say, type Schemas } from '../api/client';

export type RisingTag = Schemas['RisingTagOut'];
export type RisingSound = Schemas['RisingSoundOut'];

export class TrendsState {
  tags = $state.raw<readonly RisingTag[]>([]);
  sounds = $state.raw<readonly RisingSound[]>([]);
  isThere = $state(false);
  error = $state('');

  async load(): Promise<void> {
    this.error = '';
    try {
      const found = await data(client.GET('/api/v1/trends'));
      this.tags = found.tags;
      this.sounds = found.sounds;
      this.isThere = true;
    } catch (error) {
      this.error = say(error);
    }
  }
}

/** The line through the numbers of the last days, in a box of `width` by `height`. */
export function sparkline(days: readonly number[], width: number, height: number): string {
  const most = Math.max(1, ...days);
  const step = width / Math.max(1, days.length - 1);
  return days
    .map((uses, at) => `${at === 0 ? 'M' : 'L'}${round(at * step)} ${round(height - (uses / most) * height)}`)
    .join('');
}

const round = (value: number): number => Math.round(value * 10) / 10;
