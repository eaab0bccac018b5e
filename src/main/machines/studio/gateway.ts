import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { Failure, failures } from '@shared/failures'
import { JobId } from '@shared/ids'
import { z } from 'zod'
import {
  Beat,
  BeginBody,
  EventsBody,
  FinishBody,
  ForeignBeat,
  PlaceBody,
  Sha256,
  workerPath,
} from '@main/machines/wire'
import type { Machines } from './machines'
import type { Holder, WorkDesk } from './work-desk'
import type { WorkerToken } from './worker-token'

/** Bundles of large libraries and rows of large measurements, bytes. */
const largestBody = 256 << 20

export interface GatewayParts {
  machines: Machines
  token: WorkerToken
  /** Gives the id under which the log names it. */
  log: (error: unknown, what: string) => string
}

type Call = (of: { desk: WorkDesk; job: JobId; request: IncomingMessage; url: URL; rest: string }) => Promise<unknown>

/** Answers workers over HTTP: whoever holds the token, and nobody else. */
export class WorkerGateway {
  constructor(private readonly parts: GatewayParts) {}

  /** True where the address is one of workers; it was answered then. */
  async answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean> {
    if (!url.pathname.startsWith(`${workerPath}/`)) return false
    try {
      const [, , what = '', ...rest] = url.pathname.split('/')
      const isKnown = this.parts.token.is(bearerOf(request))
      if (what === 'beat') json(response, 200, await this.beat(request, isKnown))
      else if (!isKnown) throw new Failure('WORKER_TOKEN', {})
      else await this.ofProject(request, response, { url, what, rest })
    } catch (error) {
      this.refuse(response, error, `${request.method} ${url.pathname}`)
    }
    return true
  }

  private async beat(request: IncomingMessage, isKnown: boolean): Promise<unknown> {
    const { machines } = this.parts
    const body = await bodyOf(request)
    const said = ForeignBeat.parse(body)
    if (!isKnown) throw machines.refuseToken(said)
    machines.requireVersion(said)
    return machines.heard(Beat.parse(body))
  }

  private async ofProject(
    request: IncomingMessage,
    response: ServerResponse,
    { url, what, rest }: { url: URL; what: string; rest: string[] },
  ): Promise<void> {
    const [area = '', id = '', call = '', last = ''] = rest
    const desk = this.parts.machines.deskOf(what)
    if (area === 'blobs') return this.blob(request, response, await desk.fileOf(Sha256.parse(id)))
    const found = area === 'jobs' ? calls[`${request.method} ${call}`] : undefined
    if (!found) return json(response, 404, { message: 'There is no such call.' })
    json(response, 200, (await found({ desk, job: JobId.parse(id), request, url, rest: last })) ?? {})
  }

  /** The bytes of a file from one on, or all. */
  private async blob(request: IncomingMessage, response: ServerResponse, file: string | null): Promise<void> {
    if (!file) return json(response, 404, { message: 'Nothing of this hash was asked for.' })
    const { size } = await stat(file)
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    if (from > size) return json(response, 416, { message: 'It is not that long.' })
    const part = { 'content-range': `bytes ${from}-${size - 1}/${size}` }
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': String(size - from), ...(from > 0 ? part : {}) })
    if (from === size) return void response.end()
    await pipeline(createReadStream(file, { start: from }), response)
  }

  private refuse(response: ServerResponse, error: unknown, what: string): void {
    if (response.headersSent) return void response.destroy()
    if (error instanceof z.ZodError) return json(response, 400, { message: error.message })
    if (error instanceof Failure) {
      const { code, message, data }: Failure = error
      return json(response, failures[code].status, { code, message, data })
    }
    json(response, 500, { message: `It went wrong inside the studio: ${this.parts.log(error, what)}` })
  }
}

const calls: Readonly<Record<string, Call>> = {
  'POST begin': async ({ desk, job, request }) => {
    const { owner, resumed } = BeginBody.parse(await bodyOf(request))
    return desk.begin({ job, owner }, resumed)
  },
  'POST events': async ({ desk, job, request }) => {
    const { owner, first, events } = EventsBody.parse(await bodyOf(request))
    await desk.hear({ job, owner }, first, events)
  },
  'GET uploads': async ({ desk, job, url, rest }) => ({
    bytes: await desk.there(holderOf(job, url), Sha256.parse(rest)),
  }),
  'PUT uploads': async ({ desk, job, request, url, rest }) => {
    const place = { sha256: Sha256.parse(rest), from: z.coerce.number().int().parse(url.searchParams.get('from')) }
    return { bytes: await desk.append(holderOf(job, url), place, request) }
  },
  'POST place': async ({ desk, job, request }) => {
    const { owner, folders } = PlaceBody.parse(await bodyOf(request))
    await desk.place({ job, owner }, folders)
  },
  'POST finish': async ({ desk, job, request }) => {
    const { owner, result } = FinishBody.parse(await bodyOf(request))
    await desk.finish({ job, owner }, result)
  },
}

function holderOf(job: JobId, url: URL): Holder {
  return { job, owner: z.string().parse(url.searchParams.get('owner')) }
}

function bearerOf({ headers }: IncomingMessage): string {
  return /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of request) {
    bytes += (piece as Buffer).length
    if (bytes > largestBody) throw new Failure('BAD_SETTING', { setting: 'body', reason: 'It is too large.' })
    pieces.push(piece as Buffer)
  }
  return JSON.parse(Buffer.concat(pieces).toString('utf8')) as unknown
}

function json(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value))
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': String(body.length) })
  response.end(body)
}
