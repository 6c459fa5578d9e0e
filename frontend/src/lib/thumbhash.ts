/** ThumbHash (an open format by Evan Wallace) → a tiny picture, painted until the poster is there. */
const WIDEST = 32;
/** Amplitudes, and how many waves across and down. */
type Channel = readonly [number[], number, number];

function waves(bytes: Uint8Array, start: number, nx: number, ny: number, scale: number): [number[], number] {
  const found: number[] = [];
  let index = start;
  for (let v = 0; v < ny; v += 1) {
    for (let u = v ? 0 : 1; u * ny < nx * (ny - v); u += 1) {
      found.push(((((bytes[index >> 1] ?? 0) >> ((index & 1) << 2)) & 15) / 7.5 - 1) * scale);
      index += 1;
    }
  }
  return [found, index];
}

/** RGBA pixels of an opaque hash. */
export function decode(hash: Uint8Array): { width: number; height: number; pixels: Uint8ClampedArray } {
  const head = (hash[0] ?? 0) | ((hash[1] ?? 0) << 8) | ((hash[2] ?? 0) << 16);
  const shape = (hash[3] ?? 0) | ((hash[4] ?? 0) << 8);
  const isLandscape = shape >> 15 === 1;
  const shorter = shape & 7;
  const lx = Math.max(3, isLandscape ? 7 : shorter);
  const ly = Math.max(3, isLandscape ? shorter : 7);
  const [l, second] = waves(hash, 10, lx, ly, ((head >> 18) & 31) / 31);
  const [p, third] = waves(hash, second, 3, 3, (((shape >> 3) & 63) / 63) * 1.25);
  const [q] = waves(hash, third, 3, 3, (((shape >> 9) & 63) / 63) * 1.25);
  const dc = [(head & 63) / 63, ((head >> 6) & 63) / 31.5 - 1, ((head >> 12) & 63) / 31.5 - 1] as const;
  const ratio = lx / ly;
  const width = Math.round(ratio > 1 ? WIDEST : WIDEST * ratio);
  const height = Math.round(ratio > 1 ? WIDEST / ratio : WIDEST);
  return {
    width,
    height,
    pixels: paint(width, height, dc, [
      [l, lx, ly],
      [p, 3, 3],
      [q, 3, 3],
    ]),
  };
}

/** cos(π / size · (i + ½) · wave) of each of `size` places i, for each of `count` waves: (size · count). */
function cosines(size: number, count: number): Float64Array {
  const found = new Float64Array(size * count);
  for (let i = 0; i < found.length; i += 1)
    found[i] = Math.cos((Math.PI / size) * (Math.floor(i / count) + 0.5) * (i % count));
  return found;
}

/** The sum of a channel's waves at each pixel: (height · width). First down, for each wave across; then across. */
function summed(width: number, height: number, [values, nx, ny]: Channel): Float64Array {
  const across = cosines(width, nx);
  const down = cosines(height, ny);
  const found = new Float64Array(width * height);
  const row = new Float64Array(nx);
  for (let y = 0; y < height; y += 1) {
    row.fill(0);
    let i = 0;
    for (let v = 0; v < ny; v += 1)
      for (let u = v ? 0 : 1; u * ny < nx * (ny - v); u += 1) row[u]! += 2 * values[i++]! * down[y * ny + v]!;
    for (let x = 0; x < width; x += 1)
      for (let u = 0; u < nx; u += 1) found[y * width + x]! += row[u]! * across[x * nx + u]!;
  }
  return found;
}

function paint(
  width: number,
  height: number,
  dc: readonly [number, number, number],
  channels: readonly [Channel, Channel, Channel],
): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(width * height * 4);
  const [light, p, q] = channels.map((channel) => summed(width, height, channel));
  for (let i = 0; i < width * height; i += 1) {
    const l = dc[0] + light![i]!;
    const yellow = dc[1] + p![i]!;
    const magenta = dc[2] + q![i]!;
    const blue = l - (2 / 3) * yellow;
    const red = (3 * l - blue + magenta) / 2;
    pixels[4 * i] = red * 255;
    pixels[4 * i + 1] = (red - magenta) * 255;
    pixels[4 * i + 2] = blue * 255;
    pixels[4 * i + 3] = 255;
  }
  return pixels;
}

/** Paint a base64 hash onto a canvas. */
export function paintOn(canvas: HTMLCanvasElement, base64: string): void {
  const { width, height, pixels } = decode(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(pixels), width, height), 0, 0);
}
