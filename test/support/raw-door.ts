import { randomBytes } from 'node:crypto'
import { type Socket, connect } from 'node:net'

/** A raw connection to a server, as a hostile program has it: any bytes, and a reset whenever it likes. */
export interface RawPeer {
  readonly socket: Socket
  /** What came back until now. */
  said: () => string
  /** Settles once the connection is over, however it ended. */
  readonly over: Promise<void>
}

export function rawPeer(port: number): RawPeer {
  const socket = connect(port, '127.0.0.1')
  const pieces: Buffer[] = []
  socket.on('data', (bytes) => pieces.push(bytes))
  socket.on('error', () => {})
  const over = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  return { socket, said: () => Buffer.concat(pieces).toString('latin1'), over }
}

/** Sends bytes on a connection of their own and waits for what is said, `waitMs` at most. */
export async function knock(port: number, bytes: string | Buffer, waitMs = 2000): Promise<string> {
  const peer = rawPeer(port)
  peer.socket.write(bytes)
  const stop = setTimeout(() => peer.socket.destroy(), waitMs)
  await peer.over
  clearTimeout(stop)
  return peer.said()
}

export function upgradeRequest(port: number, { path = '/rpc', cookie = '' } = {}): string {
  const key = randomBytes(16).toString('base64')
  const lines = [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Connection: Upgrade', 'Upgrade: websocket']
  lines.push(`Sec-WebSocket-Key: ${key}`, 'Sec-WebSocket-Version: 13', ...(cookie ? [`Cookie: ${cookie}`] : []))
  return `${lines.join('\r\n')}\r\n\r\n`
}

/** A WebSocket that was let in, over which any bytes can follow. */
export async function openedPeer(port: number, cookie: string): Promise<RawPeer> {
  const peer = rawPeer(port)
  peer.socket.write(upgradeRequest(port, { cookie }))
  await new Promise<void>((resolve, reject) => {
    peer.socket.once('data', () => resolve())
    void peer.over.then(() => reject(new Error(`it was not let in: ${peer.said().split('\r\n')[0]}`)))
  })
  return peer
}

export interface Frame {
  opcode?: number
  payload?: Uint8Array
  masked?: boolean
  /** Bits of the first byte above the opcode: FIN 0x80, RSV 0x40, 0x20, 0x10. */
  flags?: number
  /** The length it claims, where that is not its own. */
  length?: bigint
}

/** A frame of RFC 6455 (5.2), as right or wrong as its parts. */
export function frame({ opcode = 1, payload = Buffer.alloc(0), masked = true, flags = 0x80, length }: Frame): Buffer {
  const claimed = length ?? BigInt(payload.length)
  const head = Buffer.alloc(10)
  head[0] = flags | opcode
  const maskBit = masked ? 0x80 : 0
  let size = 2
  if (claimed < 126n) head[1] = maskBit | Number(claimed)
  else if (claimed < 65536n) {
    head[1] = maskBit | 126
    head.writeUInt16BE(Number(claimed), 2)
    size = 4
  } else {
    head[1] = maskBit | 127
    head.writeBigUInt64BE(claimed, 2)
    size = 10
  }
  if (!masked) return Buffer.concat([head.subarray(0, size), payload])
  const mask = randomBytes(4)
  const covered = Buffer.from(payload).map((byte, i) => byte ^ (mask[i % 4] ?? 0))
  return Buffer.concat([head.subarray(0, size), mask, covered])
}
