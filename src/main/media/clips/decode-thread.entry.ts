import { parentPort, workerData } from 'node:worker_threads'
import { ClipReader } from './clip-reader'
import type { ThreadReply, ThreadRequest, ThreadStart } from './decode-thread'
import { openDecoder } from '@main/media/decode/open-decoder'

const { decoder, mostOpen } = workerData as ThreadStart
const reader = openDecoder(decoder).then((opened) => new ClipReader(opened, mostOpen))

parentPort?.on('message', ({ id, request }: ThreadRequest) => {
  reader
    .then((clips) => clips.read(request))
    .then(
      (clip) => parentPort?.postMessage({ id, clip } satisfies ThreadReply, [clip.pixels.buffer as ArrayBuffer]),
      (error: unknown) => parentPort?.postMessage({ id, error: String(error) } satisfies ThreadReply),
    )
})
