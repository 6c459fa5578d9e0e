/** What a creator reads of a video's way through its pools. */
import type { Schemas } from '../api/client';
import { number } from '../lib/format';
import { locale } from '../lib/words';

const share = new Intl.NumberFormat(locale, { style: 'percent' });

type Reach = Pick<Schemas['ReachOut'], 'stage' | 'pool' | 'pools' | 'impressions'>;

/** A share in whole percent; a dash where there is nothing to take a share of. */
export function percent(part: number, whole: number): string {
  return whole > 0 ? share.format(part / whole) : '–';
}

/** Where it stands, in a sentence. */
export function told({ stage, pool, pools, impressions }: Reach): string {
  const size = number(pools[pool - 1] ?? 0);
  switch (stage) {
    case 'in_pool':
      return `It is in pool ${pool} of ${pools.length}: shown ${number(impressions)} of ${size} times.`;
    case 'stopped':
      return `It stopped after pool ${pool} of ${pools.length}. It goes on as soon as enough of its viewers finish it.`;
    case 'through':
      return 'It has gone through all pools. From here on its score alone decides.';
    case 'not_listed':
      return 'It is not shown to strangers: it is not for everyone, or not published.';
  }
}
