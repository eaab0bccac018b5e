import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Actor } from '@shared/actor'
import { LocalServer } from '@main/hosts/local-server'
import type { LocalApi } from '@main/store/database/lock-holder'

let server: LocalServer
let api: LocalApi
let served: Actor[]
let strays: unknown[]
/** What goes wrong with a connection, where something does. */
let wrong: Error | null

beforeEach(async () => {
  ;[served, strays, wrong] = [[], [], null]
  const calls = {
    socket: async (socket: WebSocket, actor: Actor) => {
      if (wrong) throw wrong
      served.push(actor)
      socket.send('hello')
    },
  }
  server = new LocalServer(calls, (error) => strays.push(error))
  api = await server.listen()
})
afterEach(() => server.close())

/** What the first moment of a connection ends in. */
function knock(url: string, headers: Record<string, string>): Promise<string> {
  const socket = new WebSocket(url, { headers })
  return new Promise((resolve) => {
    socket.once('message', (text) => {
      socket.close()
      resolve(String(text))
    })
    socket.once('error', ({ message }) => resolve(message))
  })
}

const bearer = () => ({ authorization: `Bearer ${api.token}` })

/** Sends bytes as they are and waits until the other side has closed. */
function raw(text: string): Promise<string> {
  const { port } = new URL(api.url)
  return new Promise((resolve) => {
    let said = ''
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(text))
    socket.on('data', (bytes) => (said += String(bytes)))
    socket.on('error', () => resolve('reset'))
    socket.on('close', () => resolve(said))
  })
}

test('whoever holds the token is served as the owner', async () => {
  expect(await knock(api.url, bearer())).toBe('hello')
  expect(served).toMatchObject([{ role: 'owner' }])
})

test('nobody else is, and no page even with the token', async () => {
  const refused = 'Unexpected server response: 403'
  expect(await knock(api.url, {})).toBe(refused)
  expect(await knock(api.url, { authorization: 'Bearer wrong' })).toBe(refused)
  expect(await knock(api.url, { ...bearer(), origin: 'http://127.0.0.1' })).toBe(refused)
  expect(await knock(api.url.replace('/rpc', '/'), bearer())).toBe(refused)
  expect(served).toEqual([])
})

test('a connection that goes wrong here is written down and closed, and the next one is served', async () => {
  wrong = new Error('out of order')
  const socket = new WebSocket(api.url, { headers: bearer() })
  await new Promise((resolve) => socket.once('close', resolve))
  expect(strays).toEqual([wrong])
  wrong = null
  expect(await knock(api.url, bearer())).toBe('hello')
})

test('what makes no sense ends neither the server nor anybody’s connection', async () => {
  const upgrade = 'Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
  for (const target of ['//', '///', '//a:b', 'http://['])
    expect(await raw(`GET ${target} HTTP/1.1\r\n${upgrade}`)).toMatch(/403/)
  await raw('\u0000\u0001 nonsense\r\n\r\n')
  const socket = new WebSocket(api.url, { headers: bearer() })
  await new Promise((resolve) => socket.once('message', resolve))
  const broken = new Promise((resolve) => socket.once('close', resolve))
  // An unmasked frame with a reserved bit and an opcode that there is not.
  ;(socket as unknown as { _socket: { write: (bytes: Buffer) => void } })._socket.write(Buffer.from([0x7f, 0x05, 1, 2]))
  await broken
  expect(await knock(api.url, bearer())).toBe('hello')
})
