import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { type IncomingMessage, type ServerResponse, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { BrowserServer } from '@main/hosts/browser/browser-server'
import { Origin } from '@main/hosts/origin'
import { AccessRepository } from '@main/store/access/access-repository'
import { openAccess } from '@main/store/access/access-database'
import { type PeopleOfProject, PeopleService } from '@main/people/people-service'
import { owner } from '@shared/actor'
import { Failure } from '@shared/failures'
import { frame, knock, openedPeer, rawPeer, upgradeRequest } from '../../../../support/raw-door'

const folder = mkdtempSync(join(tmpdir(), 'whynot-server-'))
const film = Uint8Array.from(Array.from({ length: 1000 }, (_, i) => i % 256))
const files = {
  proxy: () => join(folder, 'film.mp4'),
  poster: () => join(folder, 'missing.jpg'),
  strip: () => join(folder, 'missing.jpg'),
  picture: () => new Uint8Array([7]),
  frame: (_: string, frame: number) =>
    frame < 3
      ? Promise.resolve(new Uint8Array([137, 80, 78, 71, frame]))
      : Promise.reject(new Failure('FRAME_NOT_THERE', { frame, frames: 3 })),
}
let hasProject = true
const origin = new Origin(folder, () => {
  if (!hasProject) throw new Failure('NO_PROJECT', {})
  return files
})
const calls = {
  http: async (req: IncomingMessage, res: ServerResponse) => {
    if (req.url === '/api/stream') {
      res.write('first')
      return true
    }
    if (req.url !== '/api/echo') return false
    res.end('called')
    return true
  },
  socket: async (socket: WebSocket) => socket.send('hello'),
}
/** People as the studio keeps them, in a home of its own; `project` is the one that is open. */
let project: PeopleOfProject | null = null
const people = new PeopleService(
  new AccessRepository(openAccess(join(folder, 'home'))),
  () => project,
  () => {},
)
const strays: string[] = []
const onStray = (error: unknown, what: string) => void strays.push(`${what}: ${String(error)}`)
const server = new BrowserServer({ origin, calls, people, onStray })
let address = ''
let token = ''
let cookie = ''

beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), '<title>WhyNot Studio</title>')
  writeFileSync(join(folder, 'film.mp4'), film)
  writeFileSync(join(folder, '..', 'outside.txt'), 'secret')
  ;({ address, token } = await server.listen())
  const let_in = await fetch(`${address}/?token=${token}`, { redirect: 'manual' })
  expect(let_in.status).toBe(303)
  cookie = (let_in.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${address}${path}`, { headers: { cookie, ...headers } })

test('the page comes with the strict policy, and an address without # leads to its place in the window', async () => {
  const page = await get('/')
  expect(await page.text()).toContain('WhyNot Studio')
  const policy = page.headers.get('content-security-policy')
  for (const part of ["default-src 'self'", "form-action 'self'", "frame-ancestors 'none'"])
    expect(policy).toContain(part)
  expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  const place = await fetch(`${address}/annotate/a%20b%0d`, { headers: { cookie }, redirect: 'manual' })
  expect([place.status, place.headers.get('location')]).toEqual([302, '/#/annotate/a%20b%0D'])
  expect(await (await get('/annotate/abc')).text()).toContain('WhyNot Studio')
})

test('a film answers ranges from its start, its middle and its end, and refuses what lies outside', async () => {
  const part = async (range: string) => {
    const answer = await get('/media/v1/proxy.mp4', { range })
    return { status: answer.status, said: answer.headers.get('content-range'), bytes: await answer.bytes() }
  }
  expect(await part('bytes=0-9')).toMatchObject({ status: 206, said: 'bytes 0-9/1000', bytes: film.subarray(0, 10) })
  expect(await part('bytes=990-')).toMatchObject({ status: 206, bytes: film.subarray(990) })
  expect(await part('bytes=-10')).toMatchObject({ status: 206, said: 'bytes 990-999/1000' })
  expect(await part('bytes=1000-')).toMatchObject({ status: 416, said: 'bytes */1000' })
  expect(await (await get('/media/v1/proxy.mp4')).bytes()).toEqual(film)
})

test('a picture of the original is a PNG; one that is not there, a missing poster and a strange name are 404', async () => {
  const png = await get('/media/v1/frames/2.png')
  expect([png.headers.get('content-type'), (await png.bytes())[4]]).toEqual(['image/png', 2])
  for (const path of ['frames/3.png', 'frames/x.png', 'poster.jpg', 'other'])
    expect((await get(`/media/v1/${path}`)).status, path).toBe(404)
})

test('a link inside the media folder that leads out of it is not shown', async () => {
  writeFileSync(join(folder, '..', 'whynot-private.mp4'), 'secret')
  symlinkSync(join(folder, '..', 'whynot-private.mp4'), join(folder, 'linked.mp4'))
  const shown = files.proxy
  files.proxy = () => join(folder, 'linked.mp4')
  expect((await get('/media/v1/proxy.mp4')).status).toBe(404)
  files.proxy = shown
})

test('without a project media say so', async () => {
  hasProject = false
  const answer = await get('/media/v1/proxy.mp4')
  hasProject = true
  expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining('No project is open')])
})

test.each(['/../outside.txt', '/%2e%2e/outside.txt', '/..%2foutside.txt', '/assets/..%2f..%2foutside.txt'])(
  'the folder of the window is not left by %s',
  async (path) => {
    // fetch would tidy the path up before it sends it.
    const text = await new Promise<string>((resolve, reject) => {
      const port = Number(new URL(address).port)
      request({ host: '127.0.0.1', port, path, headers: { cookie } }, (response) => {
        let body = ''
        response.on('data', (chunk) => (body += chunk))
        response.on('end', () => resolve(body))
      })
        .on('error', reject)
        .end()
    })
    expect(text).not.toContain('secret')
  },
)

test('a stranger gets nothing: no page, no film, no call, no socket', async () => {
  for (const path of ['/', '/media/v1/proxy.mp4', '/api/echo'])
    expect((await fetch(`${address}${path}`)).status, path).toBe(401)
  expect((await fetch(`${address}/?token=wrong`, { redirect: 'manual' })).status).toBe(401)
  expect(await refusal({})).toBe(401)
})

test("another site's page is refused even with the right cookie", async () => {
  expect((await get('/', { origin: 'https://evil.example' })).status).toBe(403)
  expect(await refusal({ cookie, origin: 'https://evil.example' })).toBe(403)
})

test('a script calls with the token as a bearer; a window talks over a socket', async () => {
  const answer = await fetch(`${address}/api/echo`, { headers: { authorization: `Bearer ${token}` } })
  expect(await answer.text()).toBe('called')
  expect((await get('/api/nothing')).status).toBe(404)
  const socket = new WebSocket(address.replace('http', 'ws') + '/rpc', { headers: { cookie, origin: address } })
  expect(await new Promise((resolve) => socket.once('message', (data) => resolve(String(data))))).toBe('hello')
  socket.close()
})

test('a link lets one browser in, once; inside, the used link leads on', async () => {
  const path = people.createLink(owner, owner.id).path
  const open = (headers = {}) => fetch(`${address}${path}`, { redirect: 'manual', headers })
  const first = await open()
  const session = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  expect(first.status).toBe(303)
  const second = await open()
  expect([second.status, await second.text()]).toEqual([401, expect.stringContaining('used already')])
  expect((await open({ cookie: session })).status).toBe(303)
})

test('a click on a link in a web mail begins its journey anew, so that the cookie is sent', async () => {
  const { path } = people.createLink(owner, owner.id)
  const entered = await fetch(`${address}${path}`, { headers: { 'sec-fetch-site': 'cross-site' }, redirect: 'manual' })
  expect([entered.status, await entered.text()]).toEqual([200, expect.stringContaining('refresh')])
  expect(entered.headers.get('set-cookie')).toContain('whynot-session-')
})

test('sockets, streams and films of somebody who was put out end, those of others go on', async () => {
  project = { uid: () => 'p1', keep: () => {} }
  const { person, path } = people.add(owner, { name: 'Ann', role: 'annotator' })
  const entered = await fetch(`${address}${path}`, { redirect: 'manual' })
  const ann = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const [hers, mine] = [await openedPeer(port(), ann), await openedPeer(port(), cookie)]
  const stream = await fetch(`${address}/api/stream`, { headers: { cookie: ann } })
  const reading = stream.text().catch(() => 'cut off')
  people.revoke(owner, person)
  server.sweep()
  await hers.over
  expect(await reading).toBe('cut off')
  for (const path of ['/', '/api/echo', '/media/v1/proxy.mp4'])
    expect((await fetch(`${address}${path}`, { headers: { cookie: ann } })).status, path).toBe(401)
  expect(mine.socket.destroyed).toBe(false)
  mine.socket.destroy()
  project = null
})

test('who was let into one project is nobody while another is open', async () => {
  project = { uid: () => 'p1', keep: () => {} }
  const { path } = people.add(owner, { name: 'Bea', role: 'reviewer' })
  const entered = await fetch(`${address}${path}`, { redirect: 'manual' })
  const bea = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const statusIn = async (uid: string | null) => {
    project = uid === null ? null : { uid: () => uid, keep: () => {} }
    return (await fetch(`${address}/`, { headers: { cookie: bea } })).status
  }
  expect([await statusIn('p1'), await statusIn('p2'), await statusIn(null)]).toEqual([200, 401, 401])
})

test('a port in use is said, with its number', async () => {
  const other = new BrowserServer({ origin, calls, people, onStray })
  const port = Number(new URL(address).port)
  await expect(other.listen({ port })).rejects.toMatchObject({ code: 'PORT_IN_USE', data: { port } })
})

const port = () => Number(new URL(address).port)
const stillAnswers = async () => (await get('/')).status === 200

test.each(['//', '///', '//a:b', 'http://[', '*', '/rpc/elsewhere'])(
  'an upgrade to %s is refused without a key, and the studio goes on',
  async (path) => {
    expect(await knock(port(), upgradeRequest(port(), { path }))).toMatch(/^HTTP\/1.1 40[04] /)
    expect(await stillAnswers()).toBe(true)
  },
)

test.each(['//', '//a:b', 'http://[', '*'])('a request for %s is answered, and the studio goes on', async (path) => {
  const request = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port()}\r\nConnection: close\r\n\r\n`
  expect(await knock(port(), request)).toMatch(/^HTTP\/1.1 40[01] /)
  expect(await stillAnswers()).toBe(true)
})

test('strangers who ask for a socket and reset at once do not end the studio', async () => {
  for (let i = 0; i < 60; i++) {
    const peer = rawPeer(port())
    peer.socket.write(upgradeRequest(port()))
    setTimeout(() => peer.socket.resetAndDestroy(), i % 4)
    await peer.over
  }
  expect(await stillAnswers()).toBe(true)
})

test.each([
  ['invalid UTF-8', frame({ payload: Buffer.from([0xff, 0xfe, 0xc0]) })],
  ['an unmasked frame', frame({ payload: Buffer.from('hi'), masked: false })],
  ['a reserved bit', frame({ payload: Buffer.from('hi'), flags: 0xc0 })],
  ['an unknown opcode', frame({ opcode: 7 })],
  ['17 MB', frame({ length: 17n << 20n })],
  ['2^62 bytes', frame({ length: 1n << 62n })],
])('%s in a frame closes that socket and nothing else', async (_, bytes) => {
  const peer = await openedPeer(port(), cookie)
  peer.socket.write(bytes)
  await peer.over
  expect(await stillAnswers()).toBe(true)
})

test('a call that fails before its socket is served closes that socket, and is written down', async () => {
  const failing = { ...calls, socket: () => Promise.reject(new Error('no service')) }
  const other = new BrowserServer({ origin, calls: failing, people, onStray })
  const own = await other.listen()
  const entered = await fetch(own.link, { redirect: 'manual' })
  const peer = await openedPeer(
    Number(new URL(own.address).port),
    entered.headers.get('set-cookie')?.split(';')[0] ?? '',
  )
  await peer.over
  await other.close()
  expect(strays).toContainEqual(expect.stringContaining('no service'))
})

function refusal(headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(address.replace('http', 'ws') + '/rpc', { headers })
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
    socket.on('open', () => reject(new Error('it was let in')))
    socket.on('error', () => {})
  })
}
