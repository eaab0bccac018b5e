import { parentPort, workerData } from 'node:worker_threads'
import { openDecoder } from '@main/media/decode/open-decoder'
import { unreadableKind } from '@main/media/unreadable-kind'
import { answerCalls } from '@main/process/calls'
import { threadWire } from '@main/process/thread-wire'
import { type Clip, ClipReader, type ClipRequest } from './clip-reader'
import type { ThreadStart } from './decode-thread'

const { decoder, mostOpen } = workerData as ThreadStart
const reader = openDecoder(decoder).then((opened) => new ClipReader(opened, mostOpen))
// A failure shows when a clip is asked for.
reader.catch(() => {})

if (parentPort) {
  const port = parentPort
  const read = async (request: unknown): Promise<Clip> => (await reader).read(request as ClipRequest)
  const transferOf = (value: unknown) => [(value as Clip).pixels.buffer as ArrayBuffer]
  answerCalls(threadWire(port), { read }, { onStop: () => port.close(), kinds: [unreadableKind], transferOf })
}
