/** Subtitles as they are written: lines with their times. The server keeps them as WebVTT. */

export interface Cue {
  /** Seconds into the clip, of this and the next. */
  start: number;
  end: number;
  /** Plain. */
  text: string;
}

const ESCAPED: readonly (readonly [string, string])[] = [
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['&', '&amp;'],
];
const TIME = /^(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:[.,]\d+)?)$/;

/** The lines of WebVTT that our server has written: it has nothing but times and words. */
export function readCues(vtt: string): Cue[] {
  return vtt
    .trim()
    .split('\n\n')
    .slice(1)
    .map((block) => {
      const [times = '', ...lines] = block.split('\n');
      const [start = 0, end = 0] = times.split(' --> ').map(secondsOf);
      const escaped = lines.join('\n');
      return {
        start,
        end,
        text: ESCAPED.reduce((text, [plain, code]) => text.replaceAll(code, plain), escaped),
      };
    });
}

export function writeCues(cues: readonly Cue[]): string {
  const blocks = cues.map(({ start, end, text }) => {
    const escaped = ESCAPED.reduceRight((words, [plain, code]) => words.replaceAll(plain, code), text.trim());
    return `${stamp(start)} --> ${stamp(end)}\n${escaped.replaceAll(/\n\s*\n/g, '\n')}`;
  });
  return ['WEBVTT', ...blocks].join('\n\n') + '\n';
}

/** Seconds as people write them: 1:02.5 */
export function timeOf(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const rest = ((tenths % 600) / 10).toFixed(1).padStart(4, '0');
  return `${Math.floor(tenths / 600)}:${rest}`;
}

/** Seconds of a time as people write it, with minutes and hours or without; NaN: it is none. */
export function secondsOf(time: string): number {
  const found = TIME.exec(time.trim());
  if (!found) return NaN;
  const [, hours = '0', minutes = '0', seconds = ''] = found;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'));
}

/** Whether a line can be shown: it says something, from one moment to a later one. */
export function isWhole({ start, end, text }: Cue): boolean {
  return start >= 0 && end > start && text.trim() !== '';
}

function stamp(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
}
