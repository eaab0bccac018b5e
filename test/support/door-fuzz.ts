import { type Random, random } from '@main/learning/random'
import { frame, openedPeer, rawPeer, upgradeRequest } from './raw-door'

export interface FuzzOptions {
  port: number
  cookie: string
  token: string
  /** Requests; as many frames come beside them. */
  count: number
  seed: number
  /** Whether the server still answers a plain request, and how fast. */
  answers: () => Promise<boolean>
}

export interface FuzzResult {
  requests: number
  frames: number
  /** Looks at which the server did not answer. */
  dead: number
  /** What was sent just before the first of them, to be sent again. */
  culprits: string[]
}

const paths = [
  ...['/', '//', '///', '//a:b', 'http://[', '*', '', '/rpc', '/rpc/', '/api/', '/api/project', '/api/openapi.json'],
  ...[
    '/api/videos/%00/annotations',
    '/media/x/proxy.mp4',
    '/media/%ff/frames/1.png',
    '/%',
    '/%2e%2e/%2e%2e/etc/passwd',
  ],
  ...['/api/changes', '/api//', '/?token=', '/a?b=%', '/..%5c..%5c', `/${'a'.repeat(9000)}`, 'rpc', '/\u00ff'],
]
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'CONNECT', 'PATCH', 'BREW', '']
const headers = [
  ...['Connection: Upgrade\r\nUpgrade: websocket', 'Upgrade: websocket', 'Upgrade: h2c\r\nConnection: Upgrade'],
  ...['Content-Length: 5', 'Content-Length: -1', 'Content-Length: 99999999999', 'Transfer-Encoding: chunked'],
  ...[
    'Range: bytes=-1',
    'Range: bytes=9-1',
    'Range: lines=1',
    'Content-Type: application/json',
    'Expect: 100-continue',
  ],
  ...['Origin: null', 'Origin: http://[', 'Host:', 'Host: evil', 'Cookie: ;;=', 'Authorization: Bearer', 'X: \u0001'],
  ...['Sec-WebSocket-Version: 99', 'Sec-WebSocket-Key: x', 'Sec-WebSocket-Extensions: permessage-deflate; x="'],
]
const bodies = ['', '{}', '{', '[1e999]', '\0\0\0', '{"path":1}', '5\r\nhello\r\n0\r\n\r\n', 'zz\r\n', '"\\ud800"']
const payloads = [
  '',
  '{}',
  '[',
  '{"i":1}',
  '{"i":"1","p":{"u":"/rpc"}}',
  '{"i":1,"t":99}',
  '\u0000',
  '{"i":1,"p":null}',
  'null',
]

/** Sends seeded nonsense to both doors of a server, with and without being let in, and looks whether it still answers. */
export async function fuzzDoors(options: FuzzOptions): Promise<FuzzResult> {
  const draw = random(options.seed)
  const result: FuzzResult = { requests: 0, frames: 0, dead: 0, culprits: [] }
  const side = 10
  while (result.requests < options.count) {
    const requests = Array.from({ length: side }, () => someRequest(draw, options))
    const streams = Array.from({ length: side }, () => someFrame(draw))
    await Promise.all([
      ...requests.map((bytes) => sendAndLeave(options.port, bytes, draw.chance(0.5))),
      sendFrames(options, streams.slice(0, side / 2)),
      sendFrames(options, streams.slice(side / 2)),
    ])
    result.requests += side
    result.frames += side
    if (await options.answers()) continue
    result.dead += 1
    result.culprits.push(...requests, ...streams.map((bytes) => bytes.subarray(0, 200).toString('hex')))
    return result
  }
  return result
}

function someRequest(draw: Random, { port, cookie, token }: FuzzOptions): string {
  if (draw.chance(0.2)) return upgradeRequest(port, { path: draw.pick(paths), cookie: draw.chance(0.5) ? cookie : '' })
  const lines = [`${draw.pick(methods)} ${draw.pick(paths)} HTTP/${draw.pick(['1.1', '1.1', '1.0', '2', 'x'])}`]
  if (draw.chance(0.9)) lines.push(`Host: 127.0.0.1:${port}`)
  if (draw.chance(0.6)) lines.push(draw.chance(0.5) ? `Cookie: ${cookie}` : `Authorization: Bearer ${token}`)
  for (let i = draw.int(4); i > 0; i--) lines.push(draw.pick(headers))
  return `${lines.join('\r\n')}\r\n\r\n${draw.pick(bodies)}`
}

function someFrame(draw: Random): Buffer {
  const noise = Buffer.from(Array.from({ length: draw.int(200) }, () => draw.int(256)))
  const payload = draw.chance(0.5) ? noise : Buffer.from(draw.pick(payloads))
  const flags = draw.pick([0x80, 0x80, 0x80, 0, 0xc0, 0xa0, 0x90, 0xf0])
  const length = draw.chance(0.2) ? draw.pick([17n << 20n, 1n << 62n, (1n << 63n) + 1n, 65536n, 0n]) : undefined
  return frame({ opcode: draw.int(16), payload, flags, masked: draw.chance(0.8), length })
}

/** Half of them reset the connection at once, the others wait a moment for what is said. */
async function sendAndLeave(port: number, bytes: string, reset: boolean): Promise<void> {
  const peer = rawPeer(port)
  peer.socket.write(Buffer.from(bytes, 'latin1'))
  const leave = setTimeout(() => (reset ? peer.socket.resetAndDestroy() : peer.socket.destroy()), reset ? 3 : 60)
  await peer.over
  clearTimeout(leave)
}

async function sendFrames({ port, cookie }: FuzzOptions, frames: readonly Buffer[]): Promise<void> {
  for (const bytes of frames) {
    const peer = await openedPeer(port, cookie).catch(() => null)
    if (!peer) return
    peer.socket.write(bytes)
    const leave = setTimeout(() => peer.socket.destroy(), 30)
    await peer.over
    clearTimeout(leave)
  }
}
