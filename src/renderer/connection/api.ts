import { type ClientLink, ORPCError, createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { type Bridge, portMessage } from '@shared/bridge'
import type { Api } from '@shared/contract'
import { failureFrom } from '@shared/failures'
import { type App, type InjectionKey, type Ref, inject, reactive, ref, shallowReactive } from 'vue'

/** out: the studio is there, and lets this browser in no more. */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'out'

/** Edits on their way to the disk, and those that have arrived. `lastAt` in ms. */
export interface Saving {
  pending: number
  saved: number
  lastAt: number | null
}

/** An edit that went nowhere because the project's folder is gone: the call, and the folder. `at` in ms. */
export interface RefusedEdit {
  path: readonly string[]
  input: unknown
  folder: string
  at: number
}

export interface Connection {
  api: Api
  state: Ref<ConnectionState>
  saving: Saving
  /** Those that nobody has taken yet, in the order they were made. */
  refused: RefusedEdit[]
}

type Link = SocketLink<Record<never, never>> | PortLink<Record<never, never>>

const apiKey: InjectionKey<Api> = Symbol('api')
const connectionKey: InjectionKey<Connection> = Symbol('connection')

/** Waits between attempts to connect, ms: short at first, as a restart of the studio takes a second or two. */
const patience = [250, 500, 1000, 2000, 4000]

/** Everything the studio can do, as the contract says it. */
export function useApi(): Api {
  const api = inject(apiKey)
  if (!api) throw new Error('useApi: no connection was provided to this app')
  return api
}

export function useConnection(): Connection {
  const connection = inject(connectionKey)
  if (!connection) throw new Error('useConnection: no connection was provided to this app')
  return connection
}

export function provideConnection(app: App, connection: Connection): void {
  app.provide(connectionKey, connection)
  app.provide(apiKey, connection.api)
}

/** Through the preload's port where there is one, else through a socket to the address the page came from. */
export function connect(bridge: Bridge | undefined): Connection {
  return bridge ? connectByPort(bridge) : connectBySocket(new URL('/rpc', location.href.replace(/^http/, 'ws')).href)
}

function connectByPort(bridge: Bridge): Connection {
  const state = ref<ConnectionState>('connecting')
  const link = new Promise<Link>((resolve) => {
    const listen = (event: MessageEvent) => {
      const [port] = event.ports
      if (event.source !== window || event.data !== portMessage || !port) return
      window.removeEventListener('message', listen)
      port.addEventListener('close', () => (state.value = 'lost'))
      port.start()
      state.value = 'open'
      resolve(new PortLink({ port }))
    }
    window.addEventListener('message', listen)
  })
  bridge.connect()
  return connectionOver(() => link, state)
}

/** Whether the studio would let this browser in; true where it does not answer. */
async function isLetIn(address: string): Promise<boolean> {
  try {
    const { status } = await fetch(new URL('/', address.replace(/^ws/, 'http')), { method: 'HEAD' })
    return status !== 401
  } catch {
    return true
  }
}

/** A socket that is opened again whenever it is lost; calls made meanwhile wait for it. */
export function connectBySocket(
  address: string,
  { open = (to: string) => new WebSocket(to), letIn = isLetIn } = {},
): Connection {
  const state = ref<ConnectionState>('connecting')
  let attempts = 0
  let link = Promise.withResolvers<Link>()
  function attempt(): void {
    const websocket = open(address)
    websocket.addEventListener('open', () => {
      attempts = 0
      state.value = 'open'
      link.resolve(new SocketLink({ websocket }))
    })
    websocket.addEventListener('close', () => {
      if (state.value === 'open') link = Promise.withResolvers<Link>()
      if (state.value !== 'out') state.value = 'lost'
      const wait = patience[Math.min(attempts++, patience.length - 1)]
      setTimeout(attempt, wait)
      // Once is enough to say why; another link in this browser opens the socket again.
      if (attempts === 1) void letIn(address).then((is) => !is && state.value === 'lost' && (state.value = 'out'))
    })
  }
  attempt()
  return connectionOver(() => link.promise, state)
}

const edits =
  /^(set|create|remove|rename|update|move|cut|split|merge|confirm|reject|undo|redo|mark|relink|submit|skip|reopen|accept|sendBack)/

const keptMark: unique symbol = Symbol('kept')

/** True of the failure of an edit that is kept until it can be written: nothing has to be done again. */
export function isKept(error: unknown): boolean {
  return typeof error === 'object' && error !== null && keptMark in error
}

/** Taking back what was not done means nothing later. */
const steps = /^(undo|undoTo|redo)$/

/**
 * Calls go over the link there is now; edits are counted, so that the status bar can say when all are on disk, and those
 * that a folder which is gone could not take are kept.
 */
function connectionOver(link: () => Promise<Link>, state: Ref<ConnectionState>): Connection {
  const saving = reactive<Saving>({ pending: 0, saved: 0, lastAt: null })
  const refused = shallowReactive<RefusedEdit[]>([])
  const keep = (path: readonly string[], input: unknown, error: unknown) => {
    const failure = failureFrom(error as { code?: unknown; data?: unknown })
    if (failure?.code !== 'PROJECT_GONE' || steps.test(path.at(-1) ?? '')) return
    const { path: folder } = failure.data as { path: string }
    refused.push({ path: [...path], input, folder, at: Date.now() })
    Object.assign(error as object, { [keptMark]: true })
  }
  /** What was asked when the line was cut has no answer, and no words of its own for that. */
  async function inWords<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call()
    } catch (cause) {
      if (cause instanceof ORPCError || state.value === 'open') throw cause
      throw new Error('The connection was cut before the studio answered.', { cause })
    }
  }

  const counting: ClientLink<Record<never, never>> = {
    async call(path, input, options) {
      if (!edits.test(path.at(-1) ?? '')) return inWords(async () => (await link()).call(path, input, options))
      saving.pending++
      try {
        const output = await inWords(async () => (await link()).call(path, input, options))
        saving.saved++
        saving.lastAt = Date.now()
        return output
      } catch (error) {
        keep(path, input, error)
        throw error
      } finally {
        saving.pending--
      }
    },
  }
  return { api: createORPCClient(counting), state, saving, refused }
}
