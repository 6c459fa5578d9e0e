/** Which square of a picture becomes an avatar, and cutting it out. */
const EDGE = 512;
export const MOST_ZOOM = 4;

export interface Crop {
  /** 1: the largest square there is; 2: half as wide. */
  readonly zoom: number;
  /** Where the square stands in the room it has, 0 to 1 each. */
  readonly x: number;
  readonly y: number;
}

export const MIDDLE: Crop = { zoom: 1, x: 0.5, y: 0.5 };

interface Size {
  readonly width: number;
  readonly height: number;
}

const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** The square of a crop, in pixels of the picture. */
export function square(
  { width, height }: Size,
  { zoom, x, y }: Crop,
): { left: number; top: number; edge: number } {
  const edge = Math.min(width, height) / zoom;
  return { left: (width - edge) * x, top: (height - edge) * y, edge };
}

/** The crop after the picture was moved below its frame. @param dx, dy in widths of the frame. */
export function moved(size: Size, crop: Crop, dx: number, dy: number): Crop {
  const { edge } = square(size, crop);
  const along = (at: number, by: number, length: number): number =>
    length > edge ? within(at - (by * edge) / (length - edge), 0, 1) : at;
  return { ...crop, x: along(crop.x, dx, size.width), y: along(crop.y, dy, size.height) };
}

/** The crop at another zoom, around the same middle. */
export function zoomed(size: Size, crop: Crop, zoom: number): Crop {
  const before = square(size, crop);
  const next = { ...crop, zoom: within(zoom, 1, MOST_ZOOM) };
  const { edge } = square(size, next);
  const along = (start: number, length: number, at: number): number =>
    length > edge ? within((start + (before.edge - edge) / 2) / (length - edge), 0, 1) : at;
  return { ...next, x: along(before.left, size.width, crop.x), y: along(before.top, size.height, crop.y) };
}

/** Show a crop on a canvas, which is what will be sent. */
export function draw(canvas: HTMLCanvasElement, picture: ImageBitmap, crop: Crop): void {
  canvas.width = canvas.height = EDGE;
  const { left, top, edge } = square(picture, crop);
  canvas.getContext('2d')?.drawImage(picture, left, top, edge, edge, 0, 0, EDGE, EDGE);
}

/** As WebP, so that a phone does not send ten megabytes for an avatar. */
export function toFile(canvas: HTMLCanvasElement): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/webp', 0.9));
}
