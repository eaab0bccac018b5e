import type { IncomingMessage, ServerResponse } from 'node:http'

/** Largest body of a call over HTTP, bytes: the ids of a hundred thousand videos fit. */
const largestBody = 16 << 20

/** Why a body is no call, as the description of the API names it. */
export interface Refusal {
  status: 400 | 413 | 415
  code: 'BAD_REQUEST' | 'PAYLOAD_TOO_LARGE' | 'UNSUPPORTED_MEDIA_TYPE'
  message: string
}

const tooLarge: Refusal = { status: 413, code: 'PAYLOAD_TOO_LARGE', message: 'The body is larger than 16 MB.' }
const noJson: Refusal = { status: 400, code: 'BAD_REQUEST', message: 'The body is not JSON in UTF-8.' }
const otherType: Refusal = {
  status: 415,
  code: 'UNSUPPORTED_MEDIA_TYPE',
  message: 'Send the body as application/json.',
}

/**
 * The JSON of a request, undefined where it has no body, or why it is refused. No more than the largest body is kept,
 * whether or not the request says beforehand how long it is. Rejects where the other side leaves in the middle.
 */
export async function readBody(
  request: IncomingMessage,
  most = largestBody,
): Promise<{ body: unknown } | { refusal: Refusal }> {
  const { 'content-length': length, 'content-type': type } = request.headers
  if (Number(length) > most) return { refusal: tooLarge }
  const chunks: Buffer[] = []
  let bytes = 0
  // A request that is left in the middle stays open for its answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length
    if (bytes > most) return { refusal: tooLarge }
    chunks.push(chunk as Buffer)
  }
  if (bytes === 0) return { body: undefined }
  if (type !== undefined && !/^application\/json\s*(;|$)/i.test(type)) return { refusal: otherType }
  try {
    return { body: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))) as unknown }
  } catch {
    return { refusal: noJson }
  }
}

/** Answers a request whose body was refused, and takes nothing more from its connection. */
export function refuseBody(response: ServerResponse, refusal: Refusal): void {
  response.writeHead(refusal.status, { 'content-type': 'application/json', connection: 'close' })
  response.end(JSON.stringify({ defined: false, ...refusal }))
}
