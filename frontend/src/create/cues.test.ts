import { describe, expect, it } from 'vitest';
import { isWhole, readCues, secondsOf, timeOf, writeCues } from './cues';

describe('cues', () => {
  it('are read again as they were written', () => {
    const cues = [
      { start: 0, end: 1.25, text: 'Salt & <pepper>\n&lt; stays' },
      { start: 3661.5, end: 3662, text: 'مرحبا' },
    ];
    const vtt = writeCues(cues);
    expect(vtt).toContain('01:01:01.500 --> 01:01:02.000\nمرحبا\n');
    expect(vtt).toContain('Salt &amp; &lt;pepper&gt;\n&amp;lt; stays');
    expect(readCues(vtt)).toEqual(cues);
  });

  it('have no empty line within, which would end them', () => {
    expect(readCues(writeCues([{ start: 0, end: 1, text: ' one\n\n \ntwo ' }]))[0]?.text).toBe('one\ntwo');
  });

  it('have times as people write them', () => {
    expect([0, 9.96, 62.54, 3600].map(timeOf)).toEqual(['0:00.0', '0:10.0', '1:02.5', '60:00.0']);
    expect(['1:02.5', '62.5', '62,5', '1:00:00', ' 7 '].map(secondsOf)).toEqual([62.5, 62.5, 62.5, 3600, 7]);
    expect(['', 'soon', '1:2:3:4', '-1', '1:'].map(secondsOf)).toEqual([NaN, NaN, NaN, NaN, NaN]);
  });

  it('are whole with words and an end behind their beginning', () => {
    expect(isWhole({ start: 0, end: 1, text: 'a' })).toBe(true);
    expect(isWhole({ start: 1, end: 1, text: 'a' })).toBe(false);
    expect(isWhole({ start: NaN, end: 1, text: 'a' })).toBe(false);
    expect(isWhole({ start: 0, end: 1, text: ' ' })).toBe(false);
  });
});
