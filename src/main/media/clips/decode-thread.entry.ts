import { parentPort, workerData } from 'node:worker_threads'
import { openDecoder } from '@main/media/decode/open-decoder'
import { unreadableKind } from '@main/media/unreadable-kind'
import { answerCalls } from '@main/process/calls'
import { type Clip, ClipReader, type ClipRequest } from './clip-reader'
import type { ThreadStart } from './decode-thread'

const { decoder, mostOpen } = workerData as ThreadStart
const reader = openDecoder(decoder).then((opened) => new ClipReader(opened, mostOpen))
// A failure shows when a clip is asked for.
reader.catch(() => {})

if (parentPort) {
  const port = parentPort
  const wire = {
    send: (message: unknown, transfer: readonly ArrayBuffer[] = []) => port.postMessage(message, [...transfer]),
    onMessage: (hear: (message: unknown) => void) => void port.on('message', hear),
  }
  const read = async (request: unknown): Promise<Clip> => (await reader).read(request as ClipRequest)
  const transferOf = (value: unknown) => [(value as Clip).pixels.buffer as ArrayBuffer]
  answerCalls(wire, { read }, { onStop: () => port.close(), kinds: [unreadableKind], transferOf })
}
