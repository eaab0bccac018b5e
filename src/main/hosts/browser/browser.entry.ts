import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Reach } from '@main/files/reach'
import { Transports } from '@main/api/transports'
import { studioRouter } from '@main/api/router'
import { WorkerGateway } from '@main/machines/studio/gateway'
import { openStudio } from '@main/studio'
import { hangLastNet } from '@main/system/guard'
import { quietEntry } from '@main/process/fork-entry'
import { LocalServer, answerCommands } from '@main/hosts/local-server'
import { Origin } from '@main/hosts/origin'
import { inWords } from '@main/hosts/words'
import { BrowserServer } from './browser-server'

const { values } = parseArgs({
  options: {
    project: { type: 'string' },
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    name: { type: 'string', multiple: true, default: [] },
    open: { type: 'boolean', default: false },
    root: { type: 'string', multiple: true, default: [] },
    tour: { type: 'boolean', default: false },
    redis: { type: 'string' },
  },
})

const studio = openStudio({
  start: (name, onOutput) => quietEntry(join(import.meta.dirname, `${name}.js`), onOutput),
  startedBy: 'studio',
  searchThread: join(import.meta.dirname, 'search-thread.js'),
  // At the machine the owner reaches what the account reaches; from elsewhere nobody does.
  reach: new Reach({ roots: values.root, ownerEverywhere: isLoopback(values.host) }),
  redis: values.redis,
})
const transports = new Transports(studioRouter(studio), studio.log.unknown)
const origin = new Origin(
  join(import.meta.dirname, '..', 'renderer'),
  () => studio.workspace().media,
  (actor, video) => studio.workspace().campaigns.mayReach(actor, video),
)
const local = new LocalServer({ socket: (socket, actor) => transports.socket(socket, actor, true) }, studio.log.unknown)
const token = values.redis === undefined ? null : studio.workerToken()
const { machines, people, log } = studio
const workers = token ? new WorkerGateway({ machines, token, log: log.unknown }) : undefined
const server = new BrowserServer({ origin, calls: transports, people, onStray: log.unknown, workers })
studio.changes.listen(({ area }) => {
  // Somebody was put out, or the project was changed for one that others may come into.
  if (area === 'people' || area === 'project') setImmediate(() => server.sweep())
})

let ending: Promise<void> | null = null
async function end(): Promise<void> {
  ending ??= Promise.all([server.close(), local.close(), studio.close()]).then(() => process.exit())
  await ending
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end())
hangLastNet(process, { log: studio.log, tell: (id) => studio.tellTrouble(id), end })
// Started by a command that is gone: nobody could stop us any more.
process.on('disconnect', () => void end())

try {
  await answerCommands(studio, local)
  if (values.project) await studio.open(values.project)
  else if (values.tour && studio.recent().length === 0) await studio.tour()
  else await studio.openLast()
  const { host, name: names } = values
  const { link, address } = await server.listen({ host, port: Number(values.port), names })
  if (token) inviteWorkers(token.value, values.redis ?? '', names[0] ? `http://${names[0]}` : address)
  studio.begin()
  process.stdout.write(`READY ${link}\n`)
  if (values.open) openBrowser(link)
} catch (error) {
  process.stderr.write(`${inWords(error)}\n`)
  process.exitCode = 1
  await end()
}

/** Says, where people look, how a worker is started. */
function inviteWorkers(token: string, redis: string, address: string): void {
  const command = `whynot worker --redis ${redis} --studio ${address} --token ${token}`
  machines.invitedBy(command)
  process.stderr.write(`Work of models waits for workers. On any machine with this version:\n  ${command}\n`)
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}

/** Without a browser on this machine the printed link is the way in. */
function openBrowser(link: string): void {
  const [command, ...args] =
    process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : [process.platform === 'darwin' ? 'open' : 'xdg-open']
  const child = spawn(command ?? 'xdg-open', [...args, link], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}
