import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { Protocol } from 'electron'
import type { Answer } from '@main/hosts/answers'
import type { Origin } from '@main/hosts/origin'

export const scheme = 'app'
export const studioOrigin = `${scheme}://studio`

/** Must be called before Electron is ready. */
export function registerScheme(protocol: Protocol): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }])
}

/** Serves the window and the films at app://studio/..., ranges included. */
export function serveOrigin(protocol: Protocol, origin: Origin): void {
  protocol.handle(scheme, async (request) => {
    const url = new URL(request.url)
    if (url.host !== 'studio') return new Response(null, { status: 404 })
    if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 })
    const answer = await origin.answer({ pathname: url.pathname, range: request.headers.get('range') })
    return toResponse(answer, request.method === 'HEAD')
  })
}

export function toResponse({ status, headers, body }: Answer, headOnly = false): Response {
  if (headOnly || body === null) return new Response(null, { status, headers })
  if (body instanceof Uint8Array) return new Response(new Uint8Array(body), { status, headers })
  if (body.to < body.from) return new Response(null, { status, headers })
  const stream = Readable.toWeb(createReadStream(body.file, { start: body.from, end: body.to }))
  return new Response(stream as unknown as ReadableStream, { status, headers })
}
