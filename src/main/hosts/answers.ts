import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { type Failure, failures } from '@shared/failures'
import { rangeHeaders, sliceRange } from './byte-range'

/** What a host sends back: both hosts turn it into their own kind of response. */
export interface Answer {
  status: number
  headers: Record<string, string>
  /** Bytes `from` to `to` of a file, both inclusive, or bytes in memory, or nothing. */
  body: { file: string; from: number; to: number } | Uint8Array | null
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.mp4': 'video/mp4',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

/** What a page of the studio may load and do; sent with every answer of either host. */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

export function textAnswer(status: number, text: string, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8', ...headers },
    body: new TextEncoder().encode(text),
  }
}

export function htmlAnswer(html: string, headers: Record<string, string> = {}): Answer {
  return textAnswer(200, html, { 'content-type': 'text/html; charset=utf-8', ...headers })
}

/** A failure of the catalogue, as the contract's own answers have it. */
export function failureAnswer({ code, message, data }: Failure): Answer {
  const { status } = failures[code]
  const json = JSON.stringify({ defined: true, code, status, message, data })
  return textAnswer(status, json, { 'content-type': 'application/json' })
}

export function bytesAnswer(bytes: Uint8Array, contentType: string, headers: Record<string, string> = {}): Answer {
  return {
    status: 200,
    headers: { ...securityHeaders, 'content-type': contentType, 'content-length': String(bytes.length), ...headers },
    body: bytes,
  }
}

/** A file, or the part that a Range header asks for; 404 where there is none. */
export async function fileAnswer(
  file: string,
  range: string | null,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const found = await stat(file).catch(() => null)
  if (!found?.isFile()) return textAnswer(404, 'Not found.')
  const slice = sliceRange(range, found.size)
  return {
    status: slice.status,
    headers: {
      ...securityHeaders,
      'content-type': contentTypes[extname(file).toLowerCase()] ?? 'application/octet-stream',
      ...rangeHeaders(slice, found.size),
      ...headers,
    },
    body: slice.status === 416 ? null : { file, from: slice.from, to: slice.to },
  }
}
