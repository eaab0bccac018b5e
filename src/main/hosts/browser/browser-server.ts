import { createReadStream } from 'node:fs'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Actor, owner } from '@shared/actor'
import { Failure } from '@shared/failures'
import { type Answer, failureAnswer, htmlAnswer, securityHeaders, textAnswer } from '@main/hosts/answers'
import type { Origin } from '@main/hosts/origin'
import { type OnStray, guarded } from '@main/system/guard'
import type { LinkId } from '@shared/ids'
import { Access, type Doorkeeper, type Knock, type Verdict, ownHosts } from './access'
import { Connections, isSame } from './connections'

/** Largest message or body, bytes: the ids of a hundred thousand videos fit. */
const largestBody = 16 << 20

const noSession = 'Open the studio with the link that its start printed, or ask its owner for one of your own.'
const usedLink = 'This link was used already, was taken back, or is too old. Ask the owner of the studio for a new one.'

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

/** The studio's people, and how the owner's first link is made. */
export interface ServerPeople extends Doorkeeper {
  createLink(actor: Actor, person: Actor['id']): { link: LinkId; path: string }
  removeLink(actor: Actor, link: LinkId): void
}

/** Answers workers on other machines, who are none of the people. */
export interface WorkerDoor {
  /** False where the address is not one of workers. */
  answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean>
}

export interface ServerParts {
  /** Left out where work is done on this machine alone. */
  workers?: WorkerDoor
  origin: Origin
  calls: Calls
  people: ServerPeople
  onStray: OnStray
  connections?: Connections
}

/** How often it is looked whether those inside may stay, ms: somebody may be put out by another process. */
const sweepEveryMs = 2000

/** The studio for a browser: pages, films and calls under one origin, for whoever was let in. */
export class BrowserServer {
  private readonly http: Server
  private readonly sockets: WebSocketServer
  private readonly connections: Connections
  private sweeping: NodeJS.Timeout | null = null
  private access: Access
  private firstLink: LinkId | null = null

  constructor(private readonly parts: ServerParts) {
    const { people, onStray, connections = new Connections() } = parts
    const on = <A extends readonly unknown[]>(what: string, handle: (...args: A) => unknown) =>
      guarded(onStray, what, handle)
    this.connections = connections
    this.access = new Access({ hosts: new Set(), port: 0, people, token: null })
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
   * @returns the address, the link that lets the owner's browser in once, and the owner's token of this start
   * @throws Failure PORT_IN_USE
   */
  async listen({ host = '127.0.0.1', port = 0, names = [] }: ListenOptions = {}) {
    await new Promise<void>((resolve, reject) => {
      this.http.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'EADDRINUSE' ? new Failure('PORT_IN_USE', { port }, { cause: error }) : error),
      )
      this.http.listen(port, host, resolve)
    })
    const { people } = this.parts
    const bound = (this.http.address() as AddressInfo).port
    const { link, path } = people.createLink(owner, owner.id)
    this.firstLink = link
    const token = new URL(path, 'http://studio').searchParams.get('token')
    this.access = new Access({ hosts: ownHosts(host, bound, names), port: bound, people, token })
    this.sweeping = setInterval(
      guarded(this.parts.onStray, 'sweep', () => this.sweep()),
      sweepEveryMs,
    )
    this.sweeping.unref()
    const everywhere = host === '0.0.0.0' || host === '::'
    const address = `http://${everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${bound}`
    return { address, link: `${address}${path}`, token: token ?? '' }
  }

  /** Drops every socket and answer whose person may no longer come in. */
  sweep(): void {
    this.connections.sweep()
  }

  async close(): Promise<void> {
    if (this.sweeping) clearInterval(this.sweeping)
    this.dropFirstLink()
    for (const socket of this.sockets.clients) socket.terminate()
    this.http.closeAllConnections()
    await new Promise<void>((resolve) => this.http.close(() => resolve()))
  }

  /** A link that nobody used is good for nothing once its server is gone. */
  private dropFirstLink(): void {
    const link = this.firstLink
    this.firstLink = null
    if (!link) return
    try {
      this.parts.people.removeLink(owner, link)
    } catch (error) {
      this.parts.onStray(error, 'taking the first link back')
    }
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = addressIn(request)
      if (!url) return await send(request, response, textAnswer(400, 'This address is not valid.'))
      if (await this.parts.workers?.answer(request, response, url)) return
      const knock = knockOf(request)
      const judged = this.access.judge(knock)
      const isCall = url.pathname.startsWith('/api/')
      if (judged.verdict === 'in') this.follow(response, { actor: judged.actor, knock, isCall })
      if (isCall && judged.verdict === 'in') {
        for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
        if (await this.parts.calls.http(request, response, judged.actor)) return
      }
      await send(request, response, await this.answer(request, url, judged))
    } catch (error) {
      // The other side left in the middle: there is nobody to tell.
      if (!request.destroyed && !response.destroyed) this.parts.onStray(error, `${request.method} ${request.url}`)
      response.destroy()
    }
  }

  private async answer(request: IncomingMessage, url: URL, judged: ReturnType<Access['judge']>): Promise<Answer> {
    const { verdict } = judged
    if (verdict === 'foreign') return textAnswer(403, 'This address is not one of the studio.')
    if (request.method === 'GET' && url.searchParams.has('token')) return this.entrance(request, url, verdict)
    if (judged.verdict !== 'in') return this.refused(url)
    if (url.pathname.startsWith('/api/')) return textAnswer(404, 'There is no such call.')
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return textAnswer(405, 'Only GET and HEAD here.', { allow: 'GET, HEAD' })
    return this.parts.origin.answer({
      pathname: url.pathname,
      range: request.headers.range ?? null,
      actor: judged.actor,
    })
  }

  /** A browser with a link. One that was used already changes nothing for who is inside, and nobody else gets in. */
  private entrance(request: IncomingMessage, url: URL, verdict: Verdict): Answer {
    const { headers } = request
    const browser = String(headers['user-agent'] ?? 'a program').slice(0, 200)
    const cookie = this.access.exchange(url.searchParams.get('token'), { secure: isSecure(request), browser })
    if (!cookie && verdict === 'unknown') return textAnswer(401, usedLink)
    const entry: Record<string, string> = cookie ? { 'set-cookie': cookie } : {}
    // A click in a web mail: the cookie is not sent along where another site began the journey, so ours begins anew.
    if (headers['sec-fetch-site'] === 'cross-site')
      return htmlAnswer('<!doctype html><meta http-equiv="refresh" content="0; url=/">', entry)
    return textAnswer(303, '', { ...entry, location: url.pathname })
  }

  private refused({ pathname }: URL): Answer {
    return pathname.startsWith('/api/') ? failureAnswer(new Failure('NOT_LET_IN', {})) : textAnswer(401, noSession)
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // A peer that resets while it is being answered: its socket has no other listener yet.
    socket.on('error', () => socket.destroy())
    const url = addressIn(request)
    const knock = knockOf(request)
    const judged = this.access.judge(knock)
    if (url?.pathname !== '/rpc' || judged.verdict !== 'in') return refuse(socket, url, judged.verdict)
    const { actor } = judged
    this.sockets.handleUpgrade(request, socket, head, (open) => {
      // A malformed frame: the library closes the connection with the code that says which rule was broken.
      open.on('error', () => open.terminate())
      this.connections.addSocket(open, () => this.isStill(actor, knock))
      this.parts.calls.socket(open, actor).catch((error: unknown) => {
        this.parts.onStray(error, 'socket')
        open.terminate()
      })
    })
  }

  /** A film may be paused for long; a stream of changes that nobody reads has lost its reader. */
  private follow(response: ServerResponse, of: { actor: Actor; knock: Knock; isCall: boolean }): void {
    const waiting = of.isCall ? () => response.writableLength : () => 0
    this.connections.add(
      { mayStay: () => this.isStill(of.actor, of.knock), waiting, drop: () => response.destroy() },
      response,
    )
  }

  private isStill(actor: Actor, knock: Knock): boolean {
    const judged = this.access.judge(knock)
    return judged.verdict === 'in' && isSame(actor, judged.actor)
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
