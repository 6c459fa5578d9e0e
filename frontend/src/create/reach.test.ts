import { describe, expect, it } from 'vitest';
import { percent, told } from './reach';

const pools = [30, 100, 300, 1000];

describe('how far a video goes', () => {
  it('says how much of its pool is full', () => {
    expect(told({ stage: 'in_pool', pool: 1, pools, impressions: 12 })).toBe(
      'It is in pool 1 of 4: shown 12 of 30 times.',
    );
  });
  it('says where it stopped, that it is through, and that it is not for strangers', () => {
    expect(told({ stage: 'stopped', pool: 2, pools, impressions: 140 })).toContain('stopped after pool 2');
    expect(told({ stage: 'through', pool: 4, pools, impressions: 1200 })).toContain('all pools');
    expect(told({ stage: 'not_listed', pool: 1, pools, impressions: 0 })).toContain('not shown to strangers');
  });
  it('takes no share of nothing', () => {
    expect(percent(1, 0)).toBe('–');
    expect(percent(1, 3)).toBe('33%');
  });
});
