/** Parts of a file that is there whole, as RFC 9110 wants them: players seek by them, and Safari plays nothing else. */

const ONE_RANGE = /^bytes=(\d*)-(\d*)$/;

/** The bytes that a `Range` header asks for of `size`; null: all of them; empty: none that are there. */
function wanted(header: string | null, size: number): { start: number; end: number } | null {
  const [, first = '', last = ''] = ONE_RANGE.exec(header ?? '') ?? [];
  const isBackward = first && last && Number(last) < Number(first);
  if ((!first && !last) || isBackward) return null; // none, several, not understood: the whole is always right
  if (!first) return { start: Math.max(0, size - Number(last)), end: size };
  return { start: Number(first), end: last ? Math.min(Number(last) + 1, size) : size };
}

/** Answer with the part of `whole` (a full 200) that `header` asks for: 206, 416 where there is none, or all of it. */
export async function ranged(whole: Response, header: string | null): Promise<Response> {
  const body = await whole.blob();
  const headers = new Headers({
    'Accept-Ranges': 'bytes',
    'Content-Type': whole.headers.get('Content-Type') ?? 'application/octet-stream',
  });
  const part = wanted(header, body.size);
  if (part && part.start >= part.end) {
    headers.set('Content-Range', `bytes */${body.size}`);
    return new Response(null, { status: 416, headers });
  }
  const bytes = part ? body.slice(part.start, part.end) : body;
  headers.set('Content-Length', String(bytes.size));
  if (part) headers.set('Content-Range', `bytes ${part.start}-${part.end - 1}/${body.size}`);
  return new Response(bytes, { status: part ? 206 : 200, headers });
}
