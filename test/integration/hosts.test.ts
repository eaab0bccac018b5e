import { type ChildProcess, execFileSync, fork } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { MessageChannel } from 'node:worker_threads'
import { join } from 'node:path'
import { createORPCClient, isDefinedError, safe } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { owner } from '@shared/actor'
import type { Api } from '@shared/contract'
import { studioRouter } from '@main/api/router'
import { Transports, describeApi } from '@main/api/transports'
import { fuzzDoors } from '../support/door-fuzz'
import { knock } from '../support/raw-door'
import { builtHost, removeHost } from '../support/built-host'
import { studioIn, tempFolder } from '../support/studio'

const folder = tempFolder()
let host = ''
let server: ChildProcess
let address = ''
let token = ''
let cookie = ''

/** Starts the built browser host and waits for its first line. */
async function serve(...args: string[]): Promise<{ child: ChildProcess; line: string; complaint: string }> {
  const env = { ...process.env, WHYNOT_HOME: join(folder.path, 'home'), WHYNOT_ENGINE: 'wasm' }
  const child = fork(join(host, 'browser.js'), args, { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  let complaint = ''
  child.stderr?.on('data', (text) => (complaint += String(text)))
  const line = await new Promise<string>((resolve) => {
    child.stdout?.once('data', (text) => resolve(String(text).trim()))
    child.once('exit', () => resolve(''))
  })
  return { child, line, complaint }
}

async function letIn(link: string): Promise<string> {
  const answer = await fetch(link, { redirect: 'manual' })
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

function overSocket(as = cookie): { api: Api; socket: WebSocket } & Disposable {
  const socket = new WebSocket(address.replace('http', 'ws') + '/rpc', { headers: { cookie: as, origin: address } })
  const link = new SocketLink({ websocket: socket as unknown as globalThis.WebSocket })
  return { api: createORPCClient(link), socket, [Symbol.dispose]: () => socket.close() }
}

function refusedSocket(headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(address.replace('http', 'ws') + '/rpc', { headers })
  return new Promise((resolve) => {
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
    socket.on('open', () => resolve(0))
    socket.on('error', () => {})
  })
}

const bearer = (path: string, init: RequestInit = {}) =>
  fetch(`${address}/api${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  })

beforeAll(async () => {
  host = await builtHost()
  const started = await serve()
  server = started.child
  const link = started.line.replace('READY ', '')
  address = new URL(link).origin
  token = new URL(link).searchParams.get('token') ?? ''
  cookie = await letIn(link)
})
afterAll(async () => {
  if (server.exitCode === null) {
    const gone = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    await gone
  }
  folder[Symbol.dispose]()
  removeHost(host)
})

test('a window makes a project, names a class and hears of the change', async () => {
  using window = overSocket()
  const { api } = window
  expect(await api.project.current()).toBeNull()
  const stop = new AbortController()
  const changes = await api.system.changes(undefined, { signal: stop.signal })
  const heard = changes.next()
  const made = await api.project.create({ path: join(folder.path, 'p'), name: 'Kicks' })
  expect(made).toMatchObject({ name: 'Kicks', videos: 0 })
  expect((await heard).value).toMatchObject({ area: 'project' })
  const kick = await api.library.createClass({ name: 'Kickflip' })
  expect((await api.library.classes()).map(({ id }) => id)).toEqual([kick.id])
  stop.abort()
  await changes.next().catch(() => null)
})

test('the open project under another spelling of its path is the same project', async () => {
  const folderOf = async (path: string) => {
    const opened = await bearer('/project', { method: 'POST', body: JSON.stringify({ path }) })
    return ((await opened.json()) as { path: string }).path
  }
  symlinkSync(join(folder.path, 'p'), join(folder.path, 'by-link'))
  for (const path of [`${join(folder.path, 'p')}/`, join(folder.path, 'by-link'), `${folder.path}/home/../p`])
    expect(await folderOf(path), path).toBe(join(folder.path, 'p'))
})

test('a project in /proc, or a pipe in the place of one, is refused at once', async () => {
  const made = await bearer('/projects', { method: 'POST', body: JSON.stringify({ path: '/proc/x' }) })
  expect([made.status, await made.json()]).toMatchObject([409, { code: 'FOLDER_NOT_WRITABLE' }])
  mkdirSync(join(folder.path, 'pipe'))
  execFileSync('mkfifo', [join(folder.path, 'pipe', 'project.db')])
  const opened = await bearer('/project', { method: 'POST', body: JSON.stringify({ path: join(folder.path, 'pipe') }) })
  expect([opened.status, await opened.json()]).toMatchObject([409, { code: 'PROJECT_DAMAGED' }])
  expect((await bearer('/project')).status).toBe(200)
})

test('failures arrive with code, sentence and data over the socket', async () => {
  using window = overSocket()
  const { error } = await safe(window.api.library.createClass({ name: 'Kickflip' }))
  expect(isDefinedError(error) && error.code).toBe('NAME_TAKEN')
  expect(error).toMatchObject({ data: { kind: 'class', name: 'Kickflip' }, message: expect.stringMatching(/in use/) })
  const wrong = await safe(window.api.library.createClass({ name: '   ' }))
  expect(wrong.error).toMatchObject({ code: 'BAD_SETTING', data: { setting: 'name' } })
})

test('a script asks the same over HTTP, with the status of the failure', async () => {
  expect(await (await bearer('/classes')).json()).toMatchObject([{ name: 'Kickflip' }])
  const taken = await bearer('/classes', { method: 'POST', body: JSON.stringify({ name: 'Kickflip' }) })
  expect([taken.status, await taken.json()]).toMatchObject([409, { code: 'NAME_TAKEN', data: { kind: 'class' } }])
  const empty = await bearer('/runs', { method: 'POST', body: JSON.stringify({ kind: 'classifier', config: {} }) })
  expect([empty.status, await empty.json()]).toMatchObject([422, { code: 'TOO_FEW_CLASSES' }])
  const gone = await bearer('/runs/nothing')
  expect(gone.status).toBe(404)
})

test('the description of the API keeps bounds, defaults and words', async () => {
  const text = JSON.stringify(await (await bearer('/openapi.json')).json())
  expect(text).toContain('Side of the square the network sees.')
  expect(text).toContain('"/videos/query"')
})

test('what is no JSON is refused with an answer that the description names', async () => {
  const { status } = await bearer('/classes', { method: 'POST', body: '{' })
  const { paths } = (await (await bearer('/openapi.json')).json()) as { paths: Record<string, { post: object }> }
  expect(status).toBe(400)
  expect(paths['/classes']?.post).toMatchObject({ responses: { 400: {}, 401: {}, 403: {}, 413: {}, 415: {}, 422: {} } })
})

test('a body that is too large, or said to be, is refused, and the server goes on', async () => {
  const port = Number(new URL(address).port)
  const head = `POST /api/classes HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n`
  const half = 'x'.repeat(9 << 20)
  const chunk = `${half.length.toString(16)}\r\n${half}\r\n`
  for (const body of [
    'Content-Length: 99999999999\r\n\r\n{}',
    `Transfer-Encoding: chunked\r\n\r\n${chunk}${chunk}0\r\n\r\n`,
  ])
    expect(await knock(port, head + body)).toMatch(/^HTTP\/1.1 413 /)
  expect((await bearer('/project')).status).toBe(200)
})

test('leaving a stream ends it: the next one still works', async () => {
  using window = overSocket()
  for (let i = 0; i < 3; i++) {
    const stop = new AbortController()
    const stream = await window.api.jobs.watch(undefined, { signal: stop.signal })
    const next = stream.next().catch(() => null)
    stop.abort()
    await next
  }
  expect(await window.api.jobs.list()).toBeInstanceOf(Array)
})

test('a second studio is told that the project is being written to', async () => {
  const { line, complaint } = await serve('--project', join(folder.path, 'p'))
  expect(line).toBe('')
  expect(complaint).toMatch(/Another studio is writing to this project/)
})

test('a port in use is said in a sentence, and the program ends with an error', async () => {
  const blocker = createServer()
  const port = await new Promise<number>((resolve) =>
    blocker.listen(0, '127.0.0.1', () => resolve((blocker.address() as { port: number }).port)),
  )
  const { child, complaint } = await serve('--port', String(port))
  blocker.close()
  expect(child.exitCode).toBe(1)
  expect(complaint).toMatch(new RegExp(`Another program already listens on this port.*\\n {2}port: ${port}`, 's'))
})

test('the same contract answers over a message port', async () => {
  await using own = studioIn(host, join(folder.path, 'home2'))
  const { port1, port2 } = new MessageChannel()
  new Transports(studioRouter(own.studio), own.studio.log.unknown).port(port1, owner)
  port1.start()
  port2.start()
  const api: Api = createORPCClient(new PortLink({ port: port2 }))
  expect(await api.project.current()).toBeNull()
  const { error } = await safe(api.library.classes())
  expect(error).toMatchObject({ code: 'NO_PROJECT', message: expect.stringMatching(/^No project is open/) })
  port1.close()
})

test('without a link, with a guess, put out, or from a foreign page: nothing answers, on no procedure and no route', async () => {
  const post = (path: string, body: unknown) => bearer(path, { method: 'POST', body: JSON.stringify(body) })
  const added = (await (await post('/people', { name: 'Ann', role: 'owner' })).json()) as {
    person: string
    path: string
  }
  const revoked = await letIn(address + added.path)
  expect((await fetch(`${address}/api/me`, { headers: { cookie: revoked } })).status).toBe(200)
  using before = overSocket(revoked)
  expect(await before.api.people.me()).toMatchObject({ name: 'Ann' })
  await bearer(`/people/${added.person}`, { method: 'DELETE' })
  await new Promise((resolve) => before.socket.once('close', resolve))

  const { paths } = await describeApi()
  const calls = Object.entries(paths ?? {}).flatMap(([path, methods]) =>
    Object.keys(methods ?? {}).map((method) => [method.toUpperCase(), `/api${path.replace(/\{\w+\}/g, 'x')}`] as const),
  )
  expect(calls.length).toBeGreaterThan(60)
  const routes = ['/', '/media/x/proxy.mp4', '/media/x/frames/0.png', '/annotate', '/api/openapi.json', '/api/nothing']
  const strangers: Record<string, [number, Record<string, string>]> = {
    nobody: [401, {}],
    'a guessed cookie': [401, { cookie: `${cookie.split('=')[0]}=${'x'.repeat(32)}` }],
    'a guessed token': [401, { authorization: 'Bearer guess' }],
    'a revoked session': [401, { cookie: revoked }],
    'a foreign page with the right cookie': [403, { cookie, origin: 'https://evil.example' }],
  }
  for (const [who, [status, headers]] of Object.entries(strangers)) {
    for (const [method, path] of [...calls, ...routes.map((route) => ['GET', route] as const)]) {
      const answer = await fetch(address + path, { method, headers, redirect: 'manual' })
      await answer.body?.cancel()
      expect(answer.status, `${who}: ${method} ${path}`).toBe(status)
    }
    expect(await refusedSocket(headers), `${who}: a socket`).toBe(status)
  }
})

test('nonsense at both doors, half of it from strangers, neither ends the server nor keeps it from answering', async () => {
  const port = Number(new URL(address).port)
  const answers = async () => (await bearer('/project')).status < 500
  const result = await fuzzDoors({ port, cookie, token, count: 300, seed: 5, answers })
  expect(result).toMatchObject({ requests: 300, dead: 0, culprits: [] })
  expect(server.exitCode).toBeNull()
})

test('asked to end, the server puts everything away and leaves', async () => {
  const gone = new Promise<number | null>((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  expect(await gone).toBe(0)
})
