import { randomBytes, timingSafeEqual } from 'node:crypto'
import { type IncomingMessage, type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Actor, owner } from '@shared/actor'
import { type OnStray, guarded } from '@main/system/guard'
import type { LocalApi } from '@main/store/database/lock-holder'
import type { Studio } from '@main/studio'

/** The contract as this server passes calls to it. */
export interface LocalCalls {
  socket(socket: WebSocket, actor: Actor): Promise<void>
}

const largestMessage = 16 << 20
const path = '/rpc'

/**
 * The studio for other programs of the same user, as the terminal's commands: the contract over a WebSocket on the loopback
 * address, for whoever holds the token, which stands in a file that this user alone can read. No page gets in: browsers
 * say where a page is from, and whoever says that is refused.
 */
export class LocalServer {
  private readonly http: Server
  private readonly sockets: WebSocketServer
  private readonly token = randomBytes(24).toString('base64url')

  /** @param onStray hears of a connection that went wrong here: there is no caller to tell */
  constructor(
    private readonly calls: LocalCalls,
    private readonly onStray: OnStray,
  ) {
    this.http = createServer((_, response) => void response.writeHead(404, { connection: 'close' }).end())
    this.http.on('clientError', (_, socket) => socket.destroy())
    this.http.on(
      'upgrade',
      guarded(onStray, 'upgrade of a command', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
        this.upgrade(request, socket, head),
      ),
    )
    this.sockets = new WebSocketServer({ noServer: true, maxPayload: largestMessage })
  }

  /** Listens on a free port of this machine alone. */
  async listen(): Promise<LocalApi> {
    await new Promise<void>((resolve, reject) => {
      this.http.once('error', reject)
      this.http.listen(0, '127.0.0.1', resolve)
    })
    // It must not keep a host alive that has nothing else to do.
    this.http.unref()
    const { port } = this.http.address() as AddressInfo
    return { url: `ws://127.0.0.1:${port}${path}`, token: this.token }
  }

  async close(): Promise<void> {
    for (const socket of this.sockets.clients) socket.terminate()
    this.http.closeAllConnections()
    await new Promise<void>((resolve) => this.http.close(() => resolve()))
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // A peer that resets the connection is nobody to tell.
    socket.on('error', () => socket.destroy())
    if (!this.isIn(request)) return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    this.sockets.handleUpgrade(request, socket, head, (open) => {
      open.on('error', () => open.terminate())
      const lost: OnStray = (error, what) => {
        this.onStray(error, what)
        open.terminate()
      }
      guarded(lost, 'socket of a command', () => this.calls.socket(open, owner))()
    })
  }

  private isIn({ url, headers }: IncomingMessage): boolean {
    if (url !== path || headers.origin !== undefined) return false
    const given = Buffer.from(headers.authorization ?? '')
    const wanted = Buffer.from(`Bearer ${this.token}`)
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  }
}

/** Lets commands join the studio; where that cannot be, they are told that the project is in use. */
export async function answerCommands(studio: Studio, server: LocalServer): Promise<void> {
  try {
    studio.answerAt(await server.listen())
  } catch (error) {
    studio.log.unknown(error, 'listening for commands')
  }
}
