/** Files that another app has shared with this one; the service worker has put them into a cache. */
import { FILE_NAME, FILE_TIME, SHARED } from './names';

/** Take them out of the cache, in the order in which they were shared. */
export async function takeShared(): Promise<File[]> {
  if (!('caches' in globalThis) || !(await caches.has(SHARED))) return [];
  const cache = await caches.open(SHARED);
  const answers = await Promise.all((await cache.keys()).map((request) => cache.match(request)));
  const files = await Promise.all(answers.filter((answer) => answer !== undefined).map(fileOf));
  await caches.delete(SHARED);
  return files;
}

async function fileOf(answer: Response): Promise<File> {
  const name = decodeURIComponent(answer.headers.get(FILE_NAME) ?? '');
  const lastModified = Number(answer.headers.get(FILE_TIME));
  return new File([await answer.blob()], name, {
    type: answer.headers.get('Content-Type') ?? '',
    lastModified,
  });
}
