import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { Connections } from '@main/hosts/browser/connections'

/** A connection whose reader takes what `waiting` says, on a clock of its own. */
function aReader({ stays = (): boolean => true } = {}) {
  let at = 0
  let dropped = false
  const waiting = { bytes: 0 }
  const connections = new Connections({ stuckMs: 60_000, waitingBytes: 1000 }, () => at)
  const source = new EventEmitter()
  connections.add({ mayStay: stays, waiting: () => waiting.bytes, drop: () => (dropped = true) }, source)
  const look = (afterMs: number) => {
    at += afterMs
    connections.sweep()
    return dropped
  }
  return { waiting, source, look }
}

test('a reader that takes nothing for a minute is dropped; one that is slow is not', () => {
  const gone = aReader()
  gone.waiting.bytes = 500
  expect([gone.look(30_000), gone.look(31_000)]).toEqual([false, true])
  const slow = aReader()
  slow.waiting.bytes = 500
  slow.look(50_000)
  slow.waiting.bytes = 400
  expect([slow.look(50_000), slow.look(50_000)]).toEqual([false, false])
})

test('more than the bound is never kept for one reader', () => {
  const { waiting, look } = aReader()
  waiting.bytes = 1001
  expect(look(1)).toBe(true)
})

test('whoever may no longer come in is dropped at the next look, a closed one is forgotten', () => {
  expect(aReader({ stays: () => false }).look(1)).toBe(true)
  const closed = aReader({ stays: () => false })
  closed.source.emit('close')
  expect(closed.look(1)).toBe(false)
})
