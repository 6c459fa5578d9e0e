// Lays a .gz and a .br beside each built text file: the server sends the smallest that the browser takes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const DIST = new URL('../../revue/web/dist/', import.meta.url);
const TEXT = /\.(js|css|svg|webmanifest)$/;
/** A variant that saves less than this share is not worth its place. */
const WORTH = 0.95;

for (const name of readdirSync(DIST, { recursive: true })) {
  if (!TEXT.test(name)) continue;
  const file = new URL(name, DIST);
  const bytes = readFileSync(file);
  const variants = { gz: gzipSync(bytes, { level: 9 }), br: brotliCompressSync(bytes) }; // brotli's default is its best
  for (const [suffix, made] of Object.entries(variants)) {
    if (made.length < bytes.length * WORTH) writeFileSync(new URL(`${file.href}.${suffix}`), made);
  }
}
