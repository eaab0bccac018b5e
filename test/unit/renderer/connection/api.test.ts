import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isKept, connectBySocket } from '@renderer/connection/api'

/** A socket that opens and closes when the test says so. */
class FakeSocket extends EventTarget {
  readyState = 0
  sent: unknown[] = []
  send(message: unknown): void {
    this.sent.push(message)
  }
  opens(): void {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }
  closes(): void {
    this.readyState = 3
    this.dispatchEvent(new Event('close'))
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function aConnection(letIn = true) {
  const sockets: FakeSocket[] = []
  const open = () => {
    const socket = new FakeSocket()
    sockets.push(socket)
    return socket as unknown as WebSocket
  }
  const connection = connectBySocket('ws://studio/rpc', { open, letIn: () => Promise.resolve(letIn) })
  return { ...connection, sockets }
}

test('a lost connection is said, tried again, and said to be back', async () => {
  const { state, sockets } = aConnection()
  expect(state.value).toBe('connecting')
  sockets[0]?.opens()
  expect(state.value).toBe('open')
  sockets[0]?.closes()
  expect(state.value).toBe('lost')
  await vi.advanceTimersByTimeAsync(300)
  expect(sockets).toHaveLength(2)
  sockets[1]?.opens()
  expect(state.value).toBe('open')
})

test('whoever is let in no more is told so, and is in again with another link', async () => {
  const { state, sockets } = aConnection(false)
  sockets[0]?.opens()
  sockets[0]?.closes()
  await vi.advanceTimersByTimeAsync(0)
  expect(state.value).toBe('out')
  await vi.advanceTimersByTimeAsync(300)
  sockets[1]?.closes()
  await vi.advanceTimersByTimeAsync(600)
  expect([state.value, sockets.length]).toEqual(['out', 3])
  sockets[2]?.opens()
  expect(state.value).toBe('open')
})

test('what was asked when the line was cut fails with a sentence', async () => {
  const { api, sockets } = aConnection()
  sockets[0]?.opens()
  const asked = api.people.me().catch((error: Error) => error.message)
  await vi.advanceTimersByTimeAsync(0)
  sockets[0]?.closes()
  expect(await asked).toBe('The connection was cut before the studio answered.')
})

test('attempts become rarer while the studio stays away', async () => {
  const { sockets } = aConnection()
  for (let i = 0; i < 5; i++) {
    sockets.at(-1)?.closes()
    await vi.advanceTimersByTimeAsync(4000)
  }
  const before = sockets.length
  sockets.at(-1)?.closes()
  await vi.advanceTimersByTimeAsync(3900)
  expect(sockets).toHaveLength(before)
  await vi.advanceTimersByTimeAsync(200)
  expect(sockets).toHaveLength(before + 1)
})

test('a call made while the connection is lost goes out when it is back', async () => {
  const { api, sockets } = aConnection()
  sockets[0]?.opens()
  sockets[0]?.closes()
  void api.project.current().catch(() => {})
  await vi.advanceTimersByTimeAsync(300)
  sockets[1]?.opens()
  await vi.advanceTimersByTimeAsync(10)
  expect(sockets[0]?.sent).toHaveLength(0)
  expect(sockets[1]?.sent).toHaveLength(1)
})

/** Answers the call that was sent last as the studio does where it refuses it. */
function refuse(socket: FakeSocket | undefined, code: string, data: object): void {
  const { i } = JSON.parse(String(socket?.sent.at(-1))) as { i: string }
  const json = { defined: true, code, status: 410, message: '', data }
  const message = JSON.stringify({ i, p: { s: 410, b: { json } } })
  socket?.dispatchEvent(new MessageEvent('message', { data: message }))
}

test('edits that a folder which is gone could not take are kept in their order; steps of undo and other refusals are not', async () => {
  const { api, refused, sockets } = aConnection()
  sockets[0]?.opens()
  const ask = async (call: Promise<unknown>, code: string, data: object) => {
    const over = call.catch((error: { code: string }) => error)
    await vi.advanceTimersByTimeAsync(10)
    refuse(sockets[0], code, data)
    const error = (await over) as { code: string }
    expect(error.code).toBe(code)
    return isKept(error)
  }
  const gone = ['PROJECT_GONE', { path: '/p' }] as const
  const kept = [
    await ask(api.library.createClass({ name: 'kick' }), ...gone),
    await ask(api.library.undo(), ...gone),
    await ask(api.library.createClass({ name: 'kick' }), 'NAME_TAKEN', { kind: 'class', name: 'kick' }),
    await ask(api.library.createClass({ name: 'flip' }), ...gone),
  ]
  expect(kept).toEqual([true, false, false, true])
  expect(refused).toMatchObject(
    ['kick', 'flip'].map((name) => ({ path: ['library', 'createClass'], input: { name }, folder: '/p' })),
  )
})

test('edits on their way are counted, readings are not', async () => {
  const { api, saving, sockets } = aConnection()
  sockets[0]?.opens()
  void api.project.current().catch(() => {})
  expect(saving.pending).toBe(0)
  const edit = api.library.createClass({ name: 'kick' }).catch(() => 'refused')
  expect(saving.pending).toBe(1)
  await vi.advanceTimersByTimeAsync(10)
  sockets[0]?.closes()
  expect(await edit).toBe('refused')
  expect(saving).toMatchObject({ pending: 0, saved: 0 })
})
