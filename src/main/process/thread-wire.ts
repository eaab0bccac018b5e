import type { MessagePort, Worker } from 'node:worker_threads'
import type { Wire } from './calls'

/** The way between a thread and whoever started it, from either end. */
export function threadWire(port: Worker | MessagePort): Wire {
  return {
    send: (message, transfer = []) => port.postMessage(message, [...transfer]),
    onMessage: (hear) => void port.on('message', hear),
  }
}
