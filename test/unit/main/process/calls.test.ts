import { MessageChannel } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import { Failure } from '@shared/failures'
import { Unreadable } from '@main/media/decode/contract/decoder'
import { unreadableKind } from '@main/media/unreadable-kind'
import { type AnswerOptions, Caller, type Handler, type Wire, answerCalls } from '@main/process/calls'

const open: MessageChannel[] = []
afterEach(() => open.splice(0).forEach(({ port1 }) => port1.close()))

/** Both ends over a real channel, which copies as processes and threads do. */
function between(handlers: Record<string, Handler>, options: Partial<AnswerOptions> = {}) {
  const channel = new MessageChannel()
  open.push(channel)
  const [near, far] = [channel.port1, channel.port2].map((port): Wire => ({
    send: (message, transfer = []) => port.postMessage(message, [...transfer]),
    onMessage: (hear) => void port.on('message', hear),
  }))
  const kinds = [unreadableKind]
  if (far) answerCalls(far, handlers, { onStop: () => {}, kinds, ...options })
  return new Caller(near as Wire, { kinds })
}

test('calls are answered by name, also several at a time', async () => {
  const caller = between({ double: async (input) => Number(input) * 2 })
  const answers = [1, 2, 3].map((n) => caller.begin('double', n).answer)
  expect(caller.pending).toBe(3)
  expect(await Promise.all(answers)).toEqual([2, 4, 6])
  expect(caller.pending).toBe(0)
})

test('an error stays of its kind: a failure, a file that cannot be read, or words', async () => {
  const caller = between({
    known: () => Promise.reject(new Failure('TRAINING_DIVERGED', { step: 7 })),
    unreadable: () => Promise.reject(new Unreadable('It is no video.', 'moov atom', { width: 3 })),
    odd: () => Promise.reject(new TypeError('odd')),
  })
  await expect(caller.begin('known', null).answer).rejects.toMatchObject({
    code: 'TRAINING_DIVERGED',
    data: { step: 7 },
  })
  await expect(caller.begin('known', null).answer).rejects.toBeInstanceOf(Failure)
  const unreadable = caller.begin('unreadable', null).answer
  await expect(unreadable).rejects.toBeInstanceOf(Unreadable)
  await expect(unreadable).rejects.toMatchObject({
    reason: 'It is no video.',
    detail: 'moov atom',
    known: { width: 3 },
  })
  await expect(caller.begin('odd', null).answer).rejects.toThrow('odd')
  await expect(caller.begin('nothing', null).answer).rejects.toThrow('nothing here answers nothing')
})

test('events come before the answer, in their order; a call that is cancelled is told so', async () => {
  const caller = between({
    steps: async (_, { emit, signal }) => {
      emit('first')
      emit('second')
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      throw signal.reason
    },
  })
  const events: unknown[] = []
  const call = caller.begin('steps', null, (event) => {
    if (events.push(event) === 2) call.cancel()
  })
  await expect(call.answer).rejects.toMatchObject({ code: 'INTERRUPTED' })
  expect(events).toEqual(['first', 'second'])
})

test('an event that whoever asked cannot take ends that call alone, with its error, and stops the work', async () => {
  let stopped = false
  const caller = between({
    rows: async (_, { emit, signal }) => {
      emit('a row')
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      stopped = true
    },
    quick: async () => 'still here',
  })
  const answer = caller.begin('rows', null, () => {
    throw new Failure('DATABASE_BUSY', { path: '/p' })
  }).answer
  await expect(answer).rejects.toMatchObject({ code: 'DATABASE_BUSY' })
  expect(await caller.begin('quick', null).answer).toBe('still here')
  expect(stopped).toBe(true)
})

test('calls to a side that is gone reject with why', async () => {
  const caller = between({ wait: () => new Promise(() => {}) })
  const { answer } = caller.begin('wait', null)
  caller.lost(new Error('signal SIGKILL'))
  await expect(answer).rejects.toThrow('signal SIGKILL')
})

test('memory of an answer is handed over, not copied, where that is said', async () => {
  const made = new Uint8Array([1, 2, 3])
  const transferOf = (value: unknown) => [(value as Uint8Array).buffer as ArrayBuffer]
  const caller = between({ bytes: async () => made }, { transferOf })
  expect(await caller.begin('bytes', null).answer).toEqual(new Uint8Array([1, 2, 3]))
  expect(made.length).toBe(0)
})
