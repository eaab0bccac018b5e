import { CampaignSettings, ConsensusRule } from '@shared/config/campaign'
import type { Disagreement, Quality, SideBySide } from '@shared/contract/campaign-quality'
import type { Campaign, CampaignItem, Given, Task } from '@shared/contract/campaign-words'
import { VideoFilter } from '@shared/contract/library'
import { CampaignId } from '@shared/ids'
import type { Implementer } from './fake-api'

/** What the fake studio holds of campaigns; a test changes it as it likes. */
export interface FakeCampaigns {
  list: Campaign[]
  guidelines: string
  /** What is given next, one after the other. */
  tasks: Task[]
  /** Why there is none where no task is left. */
  none: 'done' | 'waiting'
  /** How long an answer to the question for the next one is on its way. */
  onTheWay: () => Promise<void>
  items: CampaignItem[]
  given: Given[]
  quality: Quality
  disagreements: Disagreement[]
  sideBySide: SideBySide | null
}

export function aCampaign(of: Partial<Campaign> = {}): Campaign {
  return {
    ...{ id: CampaignId.parse('k0'), name: 'Six moves', kind: 'attributes', state: 'open', videos: 'frozen' },
    ...{ filter: VideoFilter.parse({}), attributes: [], settings: CampaignSettings.parse({}), guidelines: '' },
    ...{ createdAt: 1000, openedAt: 2000 },
    layer: null,
    progress: {
      ...{ items: 0, wanted: 0, answers: 0, byAnswers: [], gold: 0, inHand: 0, medianSeconds: null },
    },
    ...of,
  }
}

export function noCampaigns(): FakeCampaigns {
  return {
    ...{
      list: [],
      guidelines: '',
      tasks: [],
      none: 'done',
      onTheWay: () => Promise.resolve(),
      items: [],
      given: [],
      disagreements: [],
      sideBySide: null,
    },
    quality: {
      overall: { alpha: null, plusMinus: null, items: 0, answers: 0 },
      ...{ without: [], attributes: [], iou: null, pairs: 0, annotators: [], overTime: [], clipSeconds: null },
    },
  }
}

/** Campaigns in memory: states and settings are kept, tasks are given in their order. */
export function fakeCampaigns({ campaigns }: Implementer, { campaigns: state }: { campaigns: FakeCampaigns }) {
  const of = (id: CampaignId) => {
    const found = state.list.find((one) => one.id === id)
    if (!found) throw new Error(`no campaign ${id}`)
    return found
  }
  let answered = 0
  const done = () => ({ done: answered, all: answered + state.tasks.length })
  return {
    list: campaigns.list.handler(() => state.list),
    get: campaigns.get.handler(({ input }) => of(input.id)),
    create: campaigns.create.handler(({ input }) => {
      const made = aCampaign({ ...input, id: CampaignId.parse(`k${state.list.length}`), state: 'draft' })
      state.list.unshift(made)
      return made
    }),
    change: campaigns.change.handler(({ input: { id, settings, ...rest } }) => {
      const own = of(id)
      const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
      return Object.assign(own, given, { settings: CampaignSettings.parse({ ...own.settings, ...settings }) })
    }),
    setState: campaigns.setState.handler(({ input }) => Object.assign(of(input.id), { state: input.state })),
    remove: campaigns.remove.handler(({ input }) => {
      state.list = state.list.filter(({ id }) => id !== input.id)
      return null
    }),
    guidelines: campaigns.guidelines.handler(() => ({ html: state.guidelines, of: 'campaign' })),
    explained: campaigns.explained.handler(() =>
      state.guidelines ? state.list.map(({ id, name }) => ({ id, name })) : [],
    ),
    addPicture: campaigns.addPicture.handler(() => ({ picture: 'p0', markdown: '![](picture:p0)' })),
    mine: campaigns.mine.handler(() =>
      state.list.map(({ id, name, kind, state: now }) => ({ id, name, kind, state: now, ...done() })),
    ),
    next: campaigns.next.handler(async () => {
      const [task] = state.tasks
      const given = task ? ({ is: 'task', task } as const) : { is: state.none, ...done() }
      await state.onTheWay()
      return given
    }),
    task: campaigns.task.handler(({ input }) => {
      const task = state.tasks.find(({ item }) => item === input.item)
      if (!task) throw new Error('no such task')
      return task
    }),
    hold: campaigns.hold.handler(() => ({ leaseUntil: Date.now() + 60_000 })),
    submit: campaigns.submit.handler(({ input }) => {
      answered++
      state.tasks = state.tasks.filter(({ item }) => item !== input.item)
      return done()
    }),
    skip: campaigns.skip.handler(({ input }) => {
      state.tasks = state.tasks.filter(({ item }) => item !== input.item)
      return null
    }),
    items: campaigns.items.handler(({ input: { offset, limit } }) => {
      return { rows: state.items.slice(offset, offset + limit), total: state.items.length }
    }),
    given: campaigns.given.handler(() => state.given),
    setGold: campaigns.setGold.handler(({ input }) => ({ gold: input.videos.length, withoutAnswers: [] })),
    askAgain: campaigns.askAgain.handler(({ input }) => ({ items: input.items.length })),
    leaveOut: campaigns.leaveOut.handler(() => null),
    quality: campaigns.quality.handler(() => state.quality),
    disagreements: campaigns.disagreements.handler(({ input }) =>
      state.disagreements.filter(({ decision }) => input.decided || !decision),
    ),
    sideBySide: campaigns.sideBySide.handler(() => {
      if (!state.sideBySide) throw new Error('no such item')
      return state.sideBySide
    }),
    decide: campaigns.decide.handler(({ input: { item, attribute, value } }) => {
      const found = state.disagreements.find((one) => one.item === item && one.attribute === attribute)
      if (found) found.decision = value && { value, by: 'Owner', at: 1 }
      return null
    }),
    decideBoxes: campaigns.decideBoxes.handler(() => null),
    undoDecision: campaigns.undoDecision.handler(() => ({ label: null })),
    redoDecision: campaigns.redoDecision.handler(() => ({ label: null })),
    layer: campaigns.layer.handler(() => ({ labels: [], tracks: [] })),
    consolidate: campaigns.consolidate.handler(({ input }) => {
      const layer = { at: 1, labels: 0, tracks: 0, open: state.disagreements.length, decided: 0 }
      return Object.assign(of(input.id), { layer: { ...layer, rule: ConsensusRule.parse(input.rule ?? {}) } })
    }),
    undoConsolidation: campaigns.undoConsolidation.handler(({ input }) => Object.assign(of(input.id), { layer: null })),
    statistics: campaigns.statistics.handler(() => ({
      ...{ videos: { train: 0, test: 0, none: 0 }, classes: 0, attributes: 0, attributesPerVideo: null },
      ...{ boxes: { train: 0, test: 0 }, annotators: 0, answers: 0, answersPerItem: 0, hours: 0, alpha: null },
      ...{ iou: null, decided: 0, sure: null },
    })),
    export: campaigns.export.handler(({ input }) => ({ path: input.path, answers: 0 })),
  }
}
