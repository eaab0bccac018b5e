import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import { guarded, hangLastNet } from '@main/system/guard'

test('an error of a handler, thrown or awaited, is written down and goes no further', async () => {
  const stray = vi.fn()
  const emitter = new EventEmitter()
  emitter.on(
    'a',
    guarded(stray, 'thrown', () => JSON.parse('{')),
  )
  emitter.on(
    'b',
    guarded(stray, 'awaited', async () => Promise.reject(new Error('late'))),
  )
  emitter.emit('a')
  emitter.emit('b')
  await new Promise(setImmediate)
  expect(stray.mock.calls.map(([, what]) => what as string)).toEqual(['thrown', 'awaited'])
})

test('a handler that works gets its arguments', () => {
  const heard = vi.fn()
  guarded(vi.fn(), 'none', heard)(1, 'two')
  expect(heard).toHaveBeenCalledWith(1, 'two')
})

function aNet() {
  const source = new EventEmitter()
  const told: string[] = []
  const log = { unknown: vi.fn(() => 'a1b2') }
  const end = vi.fn(async () => {})
  const before = process.exitCode
  hangLastNet(source, { log, tell: (id) => told.push(id), end })
  return { source, told, log, end, [Symbol.dispose]: () => (process.exitCode = before) }
}

test('a promise nobody waited for is logged and told, and the host goes on', () => {
  using net = aNet()
  net.source.emit('unhandledRejection', new Error('nobody waited'))
  expect([net.told, net.end.mock.calls.length]).toEqual([['a1b2'], 0])
})

test('an exception nobody caught is logged and told, and work is put away once', () => {
  using net = aNet()
  net.source.emit('uncaughtException', new Error('first'))
  net.source.emit('uncaughtException', new Error('while ending'))
  expect([net.told, net.log.unknown.mock.calls.length, net.end.mock.calls.length]).toEqual([['a1b2'], 2, 1])
  expect(process.exitCode).toBe(1)
})
