/**
 * A film whose index (`moov`) stands behind its pictures, sent with the index in front, so that the server can begin
 * while the rest still comes. The same bytes otherwise: only the places named in the index are written anew. Whatever is
 * not wholly understood, signed files above all, is sent as it is.
 */

/** Beyond it, an index is not read into memory; ten minutes at 240 pictures a second have 2 MB. */
const MOST_INDEX_BYTES = 16 * 1024 * 1024;
const MOST_BOXES = 64;
const PLAIN_BOXES = new Set(['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide']);
/** Boxes on the way from the index to its tables of places. */
const PARENTS = new Set(['trak', 'mdia', 'minf', 'stbl', 'dinf']);
/** Boxes that name places too, or say that the index is not all there is to it. */
const STRANGE_BOXES = new Set(['cmov', 'mvex', 'saio', 'uuid']);

interface Box {
  kind: string;
  begin: number;
  end: number;
}

/** The film with its index in front: the file itself where it is so already, or has to stay as it is. */
export async function indexFirst(file: File): Promise<File> {
  const boxes = await topBoxes(file);
  const index = boxes?.find(({ kind }) => kind === 'moov');
  const target = boxes?.find(({ kind }) => kind !== 'ftyp')?.begin;
  const media = boxes?.find(({ kind }) => kind === 'mdat');
  if (!boxes || !index || !media || target === undefined || index.begin < media.begin) return file;
  if (index.end - index.begin > MOST_INDEX_BYTES || boxes[0]?.kind !== 'ftyp') return file;
  const bytes = new DataView(await file.slice(index.begin, index.end).arrayBuffer());
  if (!movePlaces(bytes, 8, bytes.byteLength, { from: target, to: index.begin, by: bytes.byteLength }))
    return file;
  const parts = [file.slice(0, target), bytes, file.slice(target, index.begin), file.slice(index.end)];
  return new File(parts, file.name, { type: file.type, lastModified: file.lastModified });
}

/** Where everything lies in a film, by its headers alone; nothing when there is anything but the plainest of boxes. */
async function topBoxes(file: File): Promise<Box[] | null> {
  const boxes: Box[] = [];
  let begin = 0;
  while (begin < file.size) {
    const head = new DataView(await file.slice(begin, begin + 16).arrayBuffer());
    const box = boxAt(head, 0, file.size - begin);
    if (!box || !PLAIN_BOXES.has(box.kind) || boxes.length === MOST_BOXES) return null;
    if (box.kind === 'moov' && boxes.some(({ kind }) => kind === 'moov')) return null;
    boxes.push({ kind: box.kind, begin, end: begin + box.end });
    begin += box.end;
  }
  return boxes;
}

/** The box at a place, if it is whole; `end` is where the room for it ends. A size of 0, "to the end", is left alone. */
function boxAt(bytes: DataView, begin: number, end: number): (Box & { inside: number }) | null {
  if (begin + 8 > end || begin + 8 > bytes.byteLength) return null;
  const short = bytes.getUint32(begin);
  if (short === 1 && begin + 16 > bytes.byteLength) return null;
  const size = short === 1 ? Number(bytes.getBigUint64(begin + 8)) : short;
  const inside = short === 1 ? 16 : 8;
  if (size < inside || begin + size > end) return null;
  return { kind: letters(bytes, begin + 4), begin, end: begin + size, inside: begin + inside };
}

function letters(bytes: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((n) => bytes.getUint8(at + n)));
}

interface Shift {
  from: number;
  to: number;
  by: number;
}

/** Write the places of everything that moves anew; whether all of it was understood. */
function movePlaces(bytes: DataView, begin: number, end: number, shift: Shift): boolean {
  for (let at = begin; at < end;) {
    const box = boxAt(bytes, at, end);
    if (!box || STRANGE_BOXES.has(box.kind) || !moveWithin(bytes, box, shift)) return false;
    at = box.end;
  }
  return true;
}

function moveWithin(bytes: DataView, box: Box & { inside: number }, shift: Shift): boolean {
  if (PARENTS.has(box.kind)) return movePlaces(bytes, box.inside, box.end, shift);
  if (box.kind === 'stco' || box.kind === 'co64') return moveTable(bytes, box, shift);
  if (box.kind === 'dref') return isAllHere(bytes, box);
  if (box.kind === 'meta') return !says(bytes, box, 'iloc'); // a phone's words about its film; not items at places
  return true;
}

function says(bytes: DataView, { inside, end }: Box & { inside: number }, word: string): boolean {
  for (let at = inside; at + 4 <= end; at++) if (letters(bytes, at) === word) return true;
  return false;
}

/** A table of places: version and flags, how many, and each in 32 or 64 bits. */
function moveTable(bytes: DataView, { kind, inside, end }: Box & { inside: number }, shift: Shift): boolean {
  const width = kind === 'stco' ? 4 : 8;
  if (inside + 8 > end) return false;
  const count = bytes.getUint32(inside + 4);
  if (inside + 8 + count * width > end) return false;
  for (let at = inside + 8; at < inside + 8 + count * width; at += width) {
    const place = width === 4 ? bytes.getUint32(at) : Number(bytes.getBigUint64(at));
    const moved = place >= shift.from && place < shift.to ? place + shift.by : place;
    if (moved > (width === 4 ? 0xffff_ffff : Number.MAX_SAFE_INTEGER)) return false;
    if (width === 4) bytes.setUint32(at, moved);
    else bytes.setBigUint64(at, BigInt(moved));
  }
  return true;
}

/** Whether all of a track's media lie in this file: each reference says so by its last flag. */
function isAllHere(bytes: DataView, { inside, end }: Box & { inside: number }): boolean {
  for (let at = inside + 8; at < end;) {
    const entry = boxAt(bytes, at, end);
    if (!entry || entry.inside + 4 > entry.end || (bytes.getUint32(entry.inside) & 1) === 0) return false;
    at = entry.end;
  }
  return true;
}
