import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtHost, removeHost } from '../support/built-host'
import { fuzzDoors } from '../support/door-fuzz'
import { enter, served } from '../support/served'
import { tempFolder } from '../support/studio'

const folder = tempFolder()
let host = ''

beforeAll(async () => void (host = await builtHost()))
afterAll(() => {
  removeHost(host)
  folder[Symbol.dispose]()
})

test('10,000 requests and 10,000 frames of nonsense: the server lives, and answers within a second', async () => {
  const { process: server, address, port, link, token, stop } = await served(host, folder.path)
  const cookie = await enter(link)
  let slowest = 0
  const answers = async () => {
    const from = performance.now()
    const signal = AbortSignal.timeout(10_000)
    const headers = { authorization: `Bearer ${token}` }
    const answer = await fetch(`${address}/api/project`, { headers, signal }).catch(() => null)
    slowest = Math.max(slowest, performance.now() - from)
    return answer !== null && answer.status < 500
  }
  const result = await fuzzDoors({ port, cookie, token, count: 10_000, seed: 16, answers })
  console.log(JSON.stringify({ ...result, slowestMs: Math.round(slowest) }))
  if (result.dead > 0) console.log(whyItEnded(join(folder.path, 'logs')))
  expect(result).toMatchObject({ requests: 10_000, frames: 10_000, dead: 0 })
  expect(server.exitCode).toBeNull()
  expect(slowest).toBeLessThan(1000)
  await stop()
})

/** What the log has of an exception that nobody caught. */
function whyItEnded(logs: string): string {
  const lines = readdirSync(logs).flatMap((name) => readFileSync(join(logs, name), 'utf8').split('\n'))
  return lines.filter((line) => line.includes('nobody caught')).join('\n')
}
