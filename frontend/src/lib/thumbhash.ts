/** ThumbHash (an open format by Evan Wallace) → a tiny picture, painted until the poster is there. */
const WIDEST = 32;

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
  return { width, height, pixels: paint(width, height, dc, [l, lx, ly], p, q) };
}

function paint(
  width: number,
  height: number,
  dc: readonly [number, number, number],
  light: readonly [number[], number, number],
  p: number[],
  q: number[],
): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (values: number[], nx: number, ny: number): number => {
        let sum = 0;
        let i = 0;
        for (let v = 0; v < ny; v += 1) {
          const fy = Math.cos((Math.PI / height) * (y + 0.5) * v) * 2;
          for (let u = v ? 0 : 1; u * ny < nx * (ny - v); u += 1) {
            sum += values[i++]! * Math.cos((Math.PI / width) * (x + 0.5) * u) * fy;
          }
        }
        return sum;
      };
      const l = dc[0] + at(...light);
      const yellow = dc[1] + at(p, 3, 3);
      const magenta = dc[2] + at(q, 3, 3);
      const blue = l - (2 / 3) * yellow;
      const red = (3 * l - blue + magenta) / 2;
      pixels.set([red * 255, (red - magenta) * 255, blue * 255, 255], (y * width + x) * 4);
    }
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
