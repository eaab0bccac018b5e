import { createReadStream } from 'node:fs'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Actor, owner } from '@shared/actor'
import { Failure } from '@shared/failures'
import { type Answer, securityHeaders, textAnswer } from '@main/hosts/answers'
import type { Origin } from '@main/hosts/origin'
import { type OnStray, guarded } from '@main/system/guard'
import { Access, type Knock, type Verdict, ownHosts } from './access'

/** Largest message or body, bytes: the ids of a hundred thousand videos fit. */
const largestBody = 16 << 20

const refusals: Readonly<Record<Verdict, string>> = {
  in: '404 Not Found',
  unknown: '401 Unauthorized',
  foreign: '403 Forbidden',
}

/** The contract as this server passes calls to it. */
export interface Calls {
  /** Answers under /api; false when there is no such procedure. */
  http(request: IncomingMessage, response: ServerResponse, actor: Actor): Promise<boolean>
  /** Serves one window over a socket. */
  socket(socket: WebSocket, actor: Actor): Promise<void>
}

export interface ListenOptions {
  host?: string
  /** 0 for a free one. */
  port?: number
  /** Further Host headers that mean this server, as behind a proxy. */
  names?: readonly string[]
}

/** The studio for a browser: pages, films and calls under one origin, for whoever holds the token. */
export class BrowserServer {
  private readonly http: Server
  private readonly sockets: WebSocketServer
  private access = new Access(new Set())

  constructor(
    private readonly origin: Origin,
    private readonly calls: Calls,
    private readonly onStray: OnStray,
  ) {
    const on = <A extends readonly unknown[]>(what: string, handle: (...args: A) => unknown) =>
      guarded(onStray, what, handle)
    this.http = createServer(on('request', (request, response) => this.serve(request, response)))
    this.http.on(
      'upgrade',
      on('upgrade', (request, socket, head) => this.upgrade(request, socket, head)),
    )
    // Without anybody to hear, an error of accepting (such as too many open files) would end the process.
    this.http.on('error', (error) => onStray(error, 'listening'))
    this.sockets = new WebSocketServer({ noServer: true, maxPayload: largestBody })
  }

  /**
   * Starts to listen.
   * @returns the address and the link that lets a browser in
   * @throws Failure PORT_IN_USE
   */
  async listen({ host = '127.0.0.1', port = 0, names = [] }: ListenOptions = {}) {
    await new Promise<void>((resolve, reject) => {
      this.http.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'EADDRINUSE' ? new Failure('PORT_IN_USE', { port }, { cause: error }) : error),
      )
      this.http.listen(port, host, resolve)
    })
    const bound = (this.http.address() as AddressInfo).port
    this.access = new Access(ownHosts(host, bound, names))
    const everywhere = host === '0.0.0.0' || host === '::'
    const address = `http://${everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${bound}`
    return { address, link: this.access.link(address), token: this.access.token }
  }

  async close(): Promise<void> {
    for (const socket of this.sockets.clients) socket.terminate()
    this.http.closeAllConnections()
    await new Promise<void>((resolve) => this.http.close(() => resolve()))
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = addressIn(request)
      if (!url) return await send(request, response, textAnswer(400, 'This address is not valid.'))
      if (url.pathname.startsWith('/api/') && this.access.judge(knockOf(request)) === 'in') {
        for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
        if (await this.calls.http(request, response, owner)) return
      }
      await send(request, response, await this.answer(request, url))
    } catch (error) {
      // The other side left in the middle: there is nobody to tell.
      if (!request.destroyed && !response.destroyed) this.onStray(error, `${request.method} ${request.url}`)
      response.destroy()
    }
  }

  private async answer(request: IncomingMessage, url: URL): Promise<Answer> {
    const verdict = this.access.judge(knockOf(request))
    if (verdict === 'foreign') return textAnswer(403, 'This address is not one of the studio.')
    const cookie = this.access.exchange(url.searchParams.get('token'), isSecure(request))
    if (cookie) return textAnswer(303, '', { 'set-cookie': cookie, location: url.pathname })
    if (verdict === 'unknown')
      return textAnswer(401, 'Open the studio with the link that its start printed; it holds the key.')
    if (url.pathname.startsWith('/api/')) return textAnswer(404, 'There is no such call.')
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return textAnswer(405, 'Only GET and HEAD here.', { allow: 'GET, HEAD' })
    return this.origin.answer({ pathname: url.pathname, range: request.headers.range ?? null })
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // A peer that resets while it is being answered: its socket has no other listener yet.
    socket.on('error', () => socket.destroy())
    const url = addressIn(request)
    const verdict = this.access.judge(knockOf(request))
    if (url?.pathname !== '/rpc' || verdict !== 'in') return refuse(socket, url, verdict)
    this.sockets.handleUpgrade(request, socket, head, (open) => {
      // A malformed frame: the library closes the connection with the code that says which rule was broken.
      open.on('error', () => open.terminate())
      this.calls.socket(open, owner).catch((error: unknown) => {
        this.onStray(error, 'socket')
        open.terminate()
      })
    })
  }
}

/** The address asked for, or null where it is none: only paths of our own are (`//a:b` would be a host elsewhere). */
function addressIn({ url = '/' }: IncomingMessage): URL | null {
  if (!url.startsWith('/')) return null
  const whole = `http://studio${url}`
  return URL.canParse(whole) ? new URL(whole) : null
}

function refuse(socket: Duplex, url: URL | null, verdict: Verdict): void {
  const status = !url ? '400 Bad Request' : url.pathname === '/rpc' ? refusals[verdict] : '404 Not Found'
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function knockOf({ headers }: IncomingMessage): Knock {
  const { host, origin, cookie, authorization } = headers
  return { host, origin, cookie, authorization }
}

/** TLS ends at a proxy, which says so. */
function isSecure({ headers }: IncomingMessage): boolean {
  return headers['x-forwarded-proto'] === 'https'
}

async function send(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const { status, headers, body } = answer
  response.writeHead(status, headers)
  if (request.method === 'HEAD' || body === null) return void response.end()
  if (body instanceof Uint8Array) return void response.end(body)
  if (body.to < body.from) return void response.end()
  await pipeline(createReadStream(body.file, { start: body.from, end: body.to }), response)
}
