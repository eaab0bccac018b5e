import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import type { Api } from '@shared/contract'
import type { LocalApi } from '@main/store/database/lock-holder'

/** A studio of another process. */
export interface JoinedStudio {
  api: Api
  /** Rejects when the studio ends first; never resolves. */
  lost: Promise<never>
  close: () => void
}

const patienceMs = 2_000

/** Joins the studio that listens there; null where nobody does, as after a crash. */
export async function joinStudio({ url, token }: LocalApi): Promise<JoinedStudio | null> {
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` }, handshakeTimeout: patienceMs })
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true))
    socket.once('error', () => resolve(false))
  })
  if (!isOpen) return null
  socket.on('error', () => socket.terminate())
  const lost = new Promise<never>((_, reject) => {
    socket.once('close', () =>
      reject(new Error('The studio that holds this project was closed. Run the command again to see what is done.')),
    )
  })
  // Only heard where somebody waits for an answer.
  lost.catch(() => {})
  // ws has the same events and methods; its types differ from those of a browser's socket.
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })
  return { api: createORPCClient(link), lost, close: () => socket.close() }
}
