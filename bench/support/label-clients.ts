import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { Api } from '@shared/contract'
import type { AttributeId, VideoId } from '@shared/ids'
import { WebSocket } from 'ws'

export interface Labelling {
  /** Of the studio: a WebSocket's. */
  address: string
  people: number
  videos: VideoId[]
  words: AttributeId[]
  /** Of each of them. */
  edits: number
}

/** Milliseconds of each edit, and seconds of all together. */
export interface Labelled {
  times: number[]
  seconds: number
}

/** Each of `people` gives answers one after the other, half of them to a video that all share. */
export async function run({ address, people, videos, words, edits }: Labelling): Promise<Labelled> {
  const times: number[] = []
  const sockets = Array.from({ length: people }, (_, i) => new WebSocket(`${address}/person-${i}`))
  await Promise.all(sockets.map((socket) => new Promise((open) => socket.once('open', open))))
  const from = performance.now()
  await Promise.all(
    sockets.map(async (socket, person) => {
      const api: Api = createORPCClient(new RPCLink({ websocket: socket }))
      for (let i = 0; i < edits; i++) {
        const video = (i % 2 ? videos[0] : videos[person]) ?? videos[0]
        const attribute = words[i % words.length]
        if (!video || !attribute) throw new Error('nothing to label')
        const began = performance.now()
        const value = Math.floor(i / words.length) % 2 ? 'absent' : 'present'
        await api.annotation.setLabel({ video, attribute, value })
        times.push(performance.now() - began)
      }
    }),
  )
  const seconds = (performance.now() - from) / 1000
  for (const socket of sockets) socket.close()
  return { times, seconds }
}
