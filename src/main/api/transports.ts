import type { IncomingMessage, ServerResponse } from 'node:http'
import { OpenAPIGenerator } from '@orpc/openapi'
import { OpenAPIHandler } from '@orpc/openapi/node'
import { RPCHandler as MessagePortHandler } from '@orpc/server/message-port'
import { RPCHandler as SocketHandler } from '@orpc/server/ws'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import type { Actor } from '@shared/actor'
import { contract } from '@shared/contract'
import type { WebSocket } from 'ws'
import { type LogUnknown, answering } from './failures'
import type { CallContext } from './contract-of'
import { readBody, refuseBody } from './read-body'
import type { StudioRouter } from './router'

type Port = Parameters<MessagePortHandler<CallContext>['upgrade']>[0]

const text = { type: 'string' } as const
const unreadBody = {
  type: 'object' as const,
  properties: { code: text, status: { type: 'integer' as const }, message: text },
  required: ['code', 'status', 'message'],
}

/** Answers, by status, to requests that cannot be read as a call, or come from elsewhere. */
const unread = {
  '400': {
    description: 'The body is not JSON, or the address is none.',
    content: { 'application/json': { schema: unreadBody }, 'text/plain': { schema: text } },
  },
  '413': {
    description: 'The body is larger than 16 MB.',
    content: { 'application/json': { schema: unreadBody } },
  },
  '415': {
    description: 'The body is of another type than application/json.',
    content: { 'application/json': { schema: unreadBody } },
  },
}

/** Headers that make no sense without a body. */
const ofBodies = ['content-type', 'content-disposition'] as const

/** The contract over each way a call can arrive. */
export class Transports {
  private readonly sockets: SocketHandler<CallContext>
  private readonly ports: MessagePortHandler<CallContext>
  private readonly openApi: OpenAPIHandler<CallContext>

  constructor(router: StudioRouter, logUnknown: LogUnknown) {
    const options = { clientInterceptors: [answering(logUnknown)] }
    this.sockets = new SocketHandler(router, options)
    this.ports = new MessagePortHandler(router, options)
    this.openApi = new OpenAPIHandler(router, options)
  }

  /** @param atMachine the other end is a program of this machine's own user */
  async socket(socket: WebSocket, actor: Actor, atMachine = false): Promise<void> {
    await this.sockets.upgrade(socket, { context: { actor, atMachine } })
  }

  port(port: Port, actor: Actor): void {
    this.ports.upgrade(port, { context: { actor } })
  }

  /** Answers calls under /api, and /api/openapi.json with their description; false when there is no such call. */
  async http(request: IncomingMessage, response: ServerResponse, actor: Actor): Promise<boolean> {
    if (request.url?.split('?')[0] === '/api/openapi.json') {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(await describeApi()))
      return true
    }
    const read = await readBody(request)
    if ('refusal' in read) {
      refuseBody(response, read.refusal)
      return true
    }
    // What the handler finds here it does not read once more.
    const { body } = read
    if (body === undefined) for (const name of ofBodies) delete request.headers[name]
    const call = Object.assign(request, { body })
    const { matched } = await this.openApi.handle(call, response, { prefix: '/api', context: { actor } })
    return matched
  }
}

/** The contract as OpenAPI, with what is answered before a call reaches it. */
export async function describeApi() {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = await generator.generate(contract, {
    info: { title: 'WhyNot Studio', version: '1' },
    servers: [{ url: '/api' }],
    security: [{ bearer: [] }],
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      responses: { ...unread },
    },
  })
  for (const path of Object.values(document.paths ?? {})) {
    for (const method of ['get', 'post', 'delete'] as const) {
      const responses = path?.[method]?.responses
      if (!responses) continue
      for (const status of Object.keys(unread)) responses[status] ??= { $ref: `#/components/responses/${status}` }
    }
  }
  return document
}
