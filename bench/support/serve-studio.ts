import type { AddressInfo } from 'node:net'
import type { Actor } from '@shared/actor'
import { PersonId } from '@shared/ids'
import { studioRouter } from '@main/api/router'
import { Transports } from '@main/api/transports'
import type { Studio } from '@main/studio'
import { WebSocketServer } from 'ws'

/** The contract over sockets; who asks stands in the address. */
export async function serveStudio(studio: Studio) {
  const transports = new Transports(studioRouter(studio), String)
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (socket, { url = '' }) => {
    const id = PersonId.parse(url.slice(1))
    const actor: Actor = { id, name: id, role: 'annotator' }
    void transports.socket(socket, actor)
  })
  await new Promise((listening) => server.once('listening', listening))
  const { port } = server.address() as AddressInfo
  return { address: `ws://127.0.0.1:${port}`, close: () => server.close() }
}
