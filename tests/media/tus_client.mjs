// The unmodified tus-js-client against our server: node tus_client.mjs FRONTEND MODE ENDPOINT FILE COOKIE TOKEN STORE
// Prints one line of JSON. Modes: pause (abort and go on), reload (a second client finds the upload again), whole.
// The first two abort when a line comes on standard input.
import { createRequire } from 'node:module'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const [frontend, mode, endpoint, file, cookie, token, store] = process.argv.slice(2)
const tus = createRequire(join(frontend, 'package.json'))('tus-js-client')
const data = readFileSync(file)
const events = { offsets: [], creations: 0 }

function client() {
  let settle
  const ended = new Promise((resolve, reject) => { settle = { resolve, reject } })
  const upload = new tus.Upload(data, {
    endpoint,
    chunkSize: Infinity,
    retryDelays: [100, 200, 400, 800, 1600, 1600, 1600, 3000, 5000, 10000],
    urlStorage: new tus.FileUrlStorage(store),
    fingerprint: async () => `film-${data.length}`,
    metadata: { filename: 'film.mp4', filetype: 'video/mp4' },
    headers: { Cookie: cookie, 'X-CSRFToken': token },
    onBeforeRequest: (request) => {
      if (request.getMethod() === 'POST') events.creations += 1
    },
    onAfterResponse: (request, response) => {
      if (request.getMethod() === 'HEAD') events.offsets.push(Number(response.getHeader('Upload-Offset')))
    },
    onSuccess: () => settle.resolve(upload.url),
    onError: settle.reject,
  })
  return { upload, ended }
}

async function stopped() {
  const { upload } = client()
  upload.start()
  await once(process.stdin, 'data')
  process.stdin.destroy()
  await upload.abort()
  return upload
}

let url
if (mode === 'pause') {
  const upload = await stopped()
  url = await new Promise((resolve, reject) => {
    upload.options.onSuccess = () => resolve(upload.url)
    upload.options.onError = reject
    upload.start()
  })
} else {
  if (mode === 'reload') await stopped()
  const { upload, ended } = client()
  const [previous] = await upload.findPreviousUploads()
  if (previous) upload.resumeFromPreviousUpload(previous)
  upload.start()
  url = await ended
}
console.log(JSON.stringify({ url, ...events }))
