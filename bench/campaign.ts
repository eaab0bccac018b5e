import { setTimeout as pause } from 'node:timers/promises'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { owner } from '@shared/actor'
import type { Api } from '@shared/contract'
import { CreateCampaign } from '@shared/contract/campaigns'
import type { Task } from '@shared/contract/campaign-words'
import type { CampaignId } from '@shared/ids'
import { Campaigns } from '@main/campaigns/campaigns'
import { LocalSearch } from '@main/library/search/local-search'
import type { Studio } from '@main/studio'
import { WebSocket } from 'ws'
import { aProject } from '../test/support/project'
import { quantile } from './support/measure'
import { serveStudio } from './support/serve-studio'

const annotators = 50
const videos = 500
const words = 20
const wanted = 5
/** How long each takes over an item, ms: ten times quicker than people are. */
const pauseMs = { from: 500, to: 1500 }

/**
 * Fifty people at once who answer five hundred videos of twenty words, five answers each, in about a second an item and
 * over a socket of their own; every answer is on disk before it is answered. One in ten connections breaks off in the middle of an item. Server and
 * clients share one process, so what the clients cost is in the numbers.
 */
export async function bench(say: (line: string) => void) {
  const { project, build, remove } = aProject()
  for (let i = 0; i < words; i++) build.attribute(`word ${i}`)
  for (let i = 0; i < videos; i++) build.video({ name: `clip ${i}` })
  const search = new LocalSearch(project.repositories.search)
  const campaigns = new Campaigns(project, search, { onChange: () => {} })
  const served = await serveStudio({ workspace: () => ({ project, campaigns }) } as unknown as Studio)
  try {
    const settings = { answersWanted: wanted, goldEvery: 0 }
    const made = await campaigns.service.create(
      owner,
      CreateCampaign.parse({ name: 'load', kind: 'attributes', settings }),
    )
    await campaigns.service.setState(owner, made.id, 'open')
    const from = performance.now()
    const people = Array.from(
      { length: annotators },
      (_, i) => new Annotator(served.address, `person-${i}`, i % 10 === 0),
    )
    await Promise.all(people.map((person) => person.work(made.id)))
    const seconds = (performance.now() - from) / 1000
    const nextMs = people.flatMap(({ times }) => times)
    say(`${nextMs.length} items in ${seconds.toFixed(1)} s`)
    const answered = people.flatMap(({ name, answered: items }) => items.map((item) => `${name} ${item}`))
    const kept = new Set(
      project.repositories.campaignWork
        .ofCampaign(made.id)
        .filter(({ state }) => state === 'answered')
        .map(({ person, item }) => `${person} ${item}`),
    )
    const { progress } = await campaigns.service.get(owner, made.id)
    return {
      annotators,
      answers: answered.length,
      nextP95Ms: Number(quantile(nextMs, 0.95).toFixed(1)),
      nextP50Ms: Number(quantile(nextMs, 0.5).toFixed(1)),
      submitP95Ms: Number(
        quantile(
          people.flatMap(({ submits }) => submits),
          0.95,
        ).toFixed(1),
      ),
      twice: answered.length - new Set(answered).size,
      lost: answered.filter((one) => !kept.has(one)).length + (progress.wanted - progress.answers),
    }
  } finally {
    served.close()
    campaigns.close()
    remove()
  }
}

/** One person who answers until there is nothing left. */
class Annotator {
  readonly times: number[] = []
  readonly submits: number[] = []
  readonly answered: string[] = []

  constructor(
    private readonly address: string,
    readonly name: string,
    private readonly breaksOff: boolean,
  ) {}

  async work(id: CampaignId): Promise<void> {
    let line = await this.connect()
    for (let i = 0; ; i++) {
      const from = performance.now()
      const next = await line.api.campaigns.next({ id })
      this.times.push(performance.now() - from)
      if (next.is === 'waiting') await pause(pauseMs.from)
      else if (next.is !== 'task') break
      else {
        if (this.breaksOff && i % 10 === 5) {
          line.close()
          line = await this.connect()
          const again = await line.api.campaigns.next({ id })
          if (again.is !== 'task' || again.task.item !== next.task.item) throw new Error('another item after a break')
        }
        await pause(pauseMs.from + (pauseMs.to - pauseMs.from) * Math.random())
        await this.answer(line.api, next.task)
      }
    }
    line.close()
  }

  private async answer(api: Api, task: Task): Promise<void> {
    const answers = Object.fromEntries(task.answer.map(({ id }, i) => [id, i % 3 ? 'absent' : 'present'] as const))
    const from = performance.now()
    await api.campaigns.submit({ item: task.item, answers })
    this.submits.push(performance.now() - from)
    this.answered.push(task.item)
  }

  private async connect(): Promise<{ api: Api; close: () => void }> {
    const socket = new WebSocket(`${this.address}/${this.name}`)
    await new Promise((open) => socket.once('open', open))
    return { api: createORPCClient(new RPCLink({ websocket: socket })), close: () => socket.close() }
  }
}
