import { describe, expect, it } from 'vitest';

import { indexFirst } from './indexFirst';

const MEDIA = [...'the pictures and the sound'].map((letter) => letter.charCodeAt(0));

function number(value: number | bigint, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, n) =>
    Number((BigInt(value) >> BigInt(8 * (bytes - 1 - n))) & 255n),
  );
}

function box(kind: string, ...inside: number[][]): number[] {
  const body = inside.flat();
  return [...number(body.length + 8, 4), ...[...kind].map((letter) => letter.charCodeAt(0)), ...body];
}

const FTYP = box('ftyp', number(0x69736f6d, 4), number(0, 4));
const HERE = box('dref', number(0, 4), number(1, 4), box('url ', number(1, 4)));

/** An index with one track for each table of places. */
function moov(tables: number[][], extra: number[] = [], reference = HERE): number[] {
  const tracks = tables.map((table) =>
    box(
      'trak',
      box('mdia', box('minf', box('dinf', reference), box('stbl', box('stts', number(0, 8)), table))),
    ),
  );
  return box('moov', box('mvhd', number(0, 100)), ...tracks, extra);
}

const stco = (...places: number[]) =>
  box('stco', number(0, 4), number(places.length, 4), ...places.map((p) => number(p, 4)));
const co64 = (...places: (number | bigint)[]) =>
  box('co64', number(0, 4), number(places.length, 4), ...places.map((p) => number(p, 8)));

function film(...boxes: number[][]): File {
  return new File([new Uint8Array(boxes.flat())], 'film.mov', { type: 'video/quicktime', lastModified: 5 });
}

async function bytesOf(file: File): Promise<number[]> {
  return [...new Uint8Array(await file.arrayBuffer())];
}

const BEGIN = FTYP.length + 8; // of the media's first byte

describe('indexFirst', () => {
  it('puts the index before the media, and its places point to the same bytes', async () => {
    const index = moov([stco(BEGIN, BEGIN + 4), co64(BEGIN + 13)]);
    const sent = await indexFirst(film(FTYP, box('mdat', MEDIA), index));
    const by = index.length;
    const wanted = [
      FTYP,
      moov([stco(BEGIN + by, BEGIN + by + 4), co64(BEGIN + by + 13)]),
      box('mdat', MEDIA),
    ];
    expect(await bytesOf(sent)).toEqual(wanted.flat());
    expect([sent.name, sent.type, sent.lastModified]).toEqual(['film.mov', 'video/quicktime', 5]);
  });

  it('makes the same bytes each time, so that an upload can go on after a reload', async () => {
    const file = film(FTYP, box('wide'), box('mdat', MEDIA), moov([stco(BEGIN + 8)]));
    expect(await bytesOf(await indexFirst(file))).toEqual(await bytesOf(await indexFirst(file)));
  });

  it('moves what stands before the index and leaves what stands behind it', async () => {
    const index = moov([stco(BEGIN, BEGIN + MEDIA.length + 500)]);
    const sent = await indexFirst(
      film(FTYP, box('mdat', MEDIA), index, box('free', number(0, 3)), box('mdat', MEDIA)),
    );
    const moved = moov([stco(BEGIN + index.length, BEGIN + MEDIA.length + 500)]);
    expect((await bytesOf(sent)).slice(FTYP.length, FTYP.length + index.length)).toEqual(moved);
  });

  it("is not put off by a phone's words about its film", async () => {
    const words = box('meta', box('hdlr'), box('keys', number(0, 8)), box('ilst'));
    const file = film(FTYP, box('wide'), box('mdat', MEDIA), moov([stco(BEGIN + 8)], words));
    expect(await indexFirst(file)).not.toBe(file);
  });

  it('understands a media box of more than 4 GB by its long size', async () => {
    const media = [...number(1, 4), ...box('mdat').slice(4), ...number(16 + MEDIA.length, 8), ...MEDIA];
    const index = moov([co64(FTYP.length + 16)]);
    const sent = await bytesOf(await indexFirst(film(FTYP, media, index)));
    expect(sent).toEqual([...FTYP, ...moov([co64(FTYP.length + 16 + index.length)]), ...media]);
  });

  it.each<[string, number[][]]>([
    ['whose index is in front', [FTYP, moov([stco(400)]), box('mdat', MEDIA)]],
    ['without an index', [FTYP, box('mdat', MEDIA)]],
    ['without media', [FTYP, moov([stco(400)])]],
    ['of items at places', [FTYP, box('mdat', MEDIA), moov([stco(BEGIN)], box('meta', box('iloc')))]],
    ['of two indexes', [FTYP, box('mdat', MEDIA), moov([stco(BEGIN)]), moov([stco(BEGIN)])]],
    ['that is signed', [FTYP, box('uuid', number(0, 20)), box('mdat', MEDIA), moov([stco(BEGIN)])]],
    ['in fragments', [FTYP, box('mdat', MEDIA), moov([stco(BEGIN)], box('mvex'))]],
    ['with an index that is compressed', [FTYP, box('mdat', MEDIA), box('moov', box('cmov', number(0, 8)))]],
    [
      'whose media lie elsewhere',
      [
        FTYP,
        box('mdat', MEDIA),
        moov([stco(BEGIN)], [], box('dref', number(0, 4), number(1, 4), box('url ', number(0, 4)))),
      ],
    ],
    ['whose places would not fit', [FTYP, box('mdat', MEDIA), moov([stco(BEGIN), co64(2n ** 60n)])]],
    [
      'whose table claims more than it holds',
      [FTYP, box('mdat', MEDIA), moov([box('stco', number(0, 4), number(1000, 4), number(BEGIN, 4))])],
    ],
    ['that is cut off', [FTYP, box('mdat', MEDIA), moov([stco(BEGIN)]).slice(0, -3)]],
    ['with a box that nobody knows', [FTYP, box('what'), box('mdat', MEDIA), moov([stco(BEGIN)])]],
    ['that is none', [MEDIA]],
    ['of nothing', []],
  ])('sends a film %s as it is', async (_, boxes) => {
    const file = film(...boxes);
    expect(await indexFirst(file)).toBe(file);
  });

  it('sends a film as it is whose places would grow beyond 32 bits', async () => {
    const places = stco(BEGIN, 0xffff_fff0);
    const index = moov([places]);
    const media = [...number(1, 4), ...box('mdat').slice(4), ...number(2 ** 32 + 100, 8)];
    const file = film(FTYP, media, index);
    const large = new Proxy(file, {
      get: (target, name) => {
        if (name === 'size') return FTYP.length + 2 ** 32 + 100 + index.length;
        if (name === 'slice')
          return (begin: number, end: number) => {
            const gap = 2 ** 32 + 100 - 16;
            return target.slice(begin > gap ? begin - gap : begin, end > gap ? end - gap : end);
          };
        return Reflect.get(target, name) as unknown;
      },
    });
    expect(await indexFirst(large)).toBe(large);
  });
});
