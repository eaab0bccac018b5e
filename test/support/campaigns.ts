import { CreateCampaign } from '@shared/contract/campaigns'
import type { Answers, NextTask, Task } from '@shared/contract/campaign-words'
import type { LabelValue } from '@shared/contract/library'
import { type Actor, owner } from '@shared/actor'
import { type AttributeId, type CampaignId, PersonId, type VideoId } from '@shared/ids'
import { Campaigns } from '@main/campaigns/campaigns'
import { LocalSearch } from '@main/library/search/local-search'
import type { Project } from '@main/project/project'
import { aProject } from './project'

export function aWorker(name: string, role: Actor['role'] = 'annotator'): Actor {
  return { id: PersonId.parse(name), name, role }
}

export interface CampaignOfTest {
  project: Project
  build: ReturnType<typeof aProject>['build']
  campaigns: Campaigns
  videos: VideoId[]
  words: AttributeId[]
  /** Lets time go by, s. */
  wait(seconds: number): void
  now(): number
  /** Makes a campaign and opens it. */
  open(asked?: Partial<Parameters<typeof CreateCampaign.parse>[0] & object>): Promise<CampaignId>
  /** Gives somebody their next item, which must be there. */
  next(actor: Actor, id: CampaignId): Promise<Task>
  remove(): void
}

/** A project with videos and words, its campaigns, and a clock that stands still unless told. */
export function campaignsOfTest({ videos = 4, words = ['pole', 'ball'] } = {}): CampaignOfTest {
  const { project, build, remove } = aProject()
  const of = build.class('Ollie')
  const made = {
    words: words.map((name) => build.attribute(name)),
    videos: Array.from({ length: videos }, (_, i) =>
      build.video({ name: `clip ${i}`, class: of, split: i % 2 ? 'test' : 'train' }),
    ),
  }
  let clock = 1_000_000
  const search = new LocalSearch(project.repositories.search)
  const campaigns = new Campaigns(project, search, {
    now: () => clock,
    onChange: ({ area }) => {
      if (area === 'library' || area === 'annotation') {
        search.changed([])
        campaigns.mayGrow()
      }
    },
  })
  return {
    ...{ project, build, campaigns, remove, ...made },
    wait: (seconds) => (clock += seconds * 1000),
    now: () => clock,
    open: async (asked = {}) => {
      const input = CreateCampaign.parse({ name: 'moves', kind: 'attributes', settings: { goldEvery: 0 }, ...asked })
      const { id } = await campaigns.service.create(owner, input)
      await campaigns.service.setState(owner, id, 'open')
      return id
    },
    next: async (actor, id) => taskIn(await campaigns.queue.next(actor, id)),
  }
}

export function taskIn(next: NextTask): Task {
  if (next.is !== 'task') throw new Error(`no item: ${next.is}`)
  return next.task
}

/** The same answer to every word of a task, or one each. */
export function said(task: Task, value: LabelValue | ((word: string) => LabelValue) = 'present'): Answers {
  return Object.fromEntries(task.answer.map(({ id, name }) => [id, typeof value === 'string' ? value : value(name)]))
}
