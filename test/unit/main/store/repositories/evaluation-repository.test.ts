import { setTimeout } from 'node:timers/promises'
import { owner } from '@shared/actor'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AnnotationService } from '@main/annotation/annotation-service'
import type { LayerLabel } from '@main/store/repositories/layer-repository'
import type { NewEvaluation, NewOutcome } from '@main/store/repositories/evaluation-repository'
import { EvaluationConfig } from '@shared/config/evaluation'
import { AttributeId, CampaignId, ClassId, EvaluationId, OutcomeId, RunId, TrackId, type VideoId } from '@shared/ids'
import { VideoFilter } from '@shared/contract/library'
import { CampaignSettings } from '@shared/config/campaign'
import { cpuMs } from '../../../../support/cpu-time'
import { aKeyframe, aProject } from '../../../../support/project'
import { aRun } from '../../../../support/runs'

let made: ReturnType<typeof aProject>
const id = EvaluationId.parse('e1')
const run = RunId.parse('r1')
const stored = () => made.project.repositories.evaluations

beforeEach(() => {
  made = aProject()
  made.project.repositories.runs.create(aRun({ id: run }))
  stored().create(anEvaluation())
})
afterEach(() => made.remove())

function anEvaluation(values: Partial<NewEvaluation> = {}): NewEvaluation {
  return {
    id,
    name: 'Test split',
    run,
    state: 'running',
    job: null,
    config: EvaluationConfig.parse({}),
    columns: [],
    failure: null,
    createdAt: Date.now(),
    seconds: null,
    campaign: null,
    ...values,
  }
}

function anOutcome(video: VideoId, values: Partial<NewOutcome> = {}): NewOutcome {
  return {
    video,
    videoName: 'clip',
    method: 'method',
    pos: ClassId.parse('a'),
    neg: ClassId.parse('b'),
    label: ClassId.parse('a'),
    attribute: AttributeId.parse('pole'),
    rank: 0,
    score: 1.25,
    minScore: -0.5,
    tube: [{ frame: 3, box: { x1: 0.5, y1: 1 / 3, x2: 9, y2: 9 } }],
    iou: 0.4,
    assigned: true,
    hasBoxes: true,
    hitRank: 1,
    covers: null,
    right: null,
    negRank: 1.5,
    negTies: 1,
    unionNegRank: 2,
    unionNegTies: 0,
    ...{ area: 1, supported: true, presence: 0.97, agreement: null },
    posBefore: 0.9,
    posAfter: 0.1,
    negBefore: 0.05,
    negAfter: 0.7,
    ...values,
  }
}

test('an evaluation is kept with everything, and changes as its job goes on', () => {
  const { campaign: _, ...kept } = anEvaluation()
  expect(stored().get(id)).toEqual({ ...kept, createdAt: expect.any(Number), notes: [], staleVideos: 0 })
  const metric = { value: 0.9, count: 240, low: 0.86, high: 0.93 }
  const columns = [{ method: 'method', metrics: { ncaTop1: metric } }]
  expect(stored().update(id, { state: 'done', columns, seconds: 12.5 })).toMatchObject({ state: 'done', columns })
  expect(stored().list()).toHaveLength(1)
  stored().remove(id)
  expect(() => stored().get(id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
})

test('what people said of an output is taken over by the same output of the next evaluation, and by no other', () => {
  const video = made.build.video()
  const next = EvaluationId.parse('e2')
  const [pole, ball] = ['pole', 'ball'].map((name) => AttributeId.parse(name))
  stored().addOutcomes(id, [anOutcome(video), anOutcome(video, { attribute: ball, rank: 1 })])
  const [first] = stored().outcomes(id)
  stored().mark(first!.id, { cause: 'synonym', note: 'a lamp post' }, 5)
  stored().create(anEvaluation({ id: next }))
  // The same outputs in another order, and one that was not there.
  stored().addOutcomes(next, [
    anOutcome(video, { attribute: ball, rank: 1 }),
    anOutcome(video, { attribute: pole, iou: 0.9 }),
    anOutcome(video, { attribute: pole, neg: ClassId.parse('c') }),
  ])
  stored().takeMarks(next, id)
  expect(
    stored()
      .outcomes(next)
      .map(({ mark }) => mark),
  ).toEqual([null, { cause: 'synonym', note: 'a lamp post' }, null])
  // Said again since, it stands.
  stored().mark(stored().outcomes(next)[1]!.id, { cause: 'unclear', note: '' }, 9)
  stored().takeMarks(next, id)
  expect(stored().outcomes(next)[1]!.mark).toEqual({ cause: 'unclear', note: '' })
})

test('outcomes come back as they were, in order, by method and rank', () => {
  const video = made.build.video()
  const rows = [
    anOutcome(video),
    anOutcome(video, { method: 'randomTube', right: false, covers: null }),
    anOutcome(video, { rank: 2 }),
  ]
  stored().addOutcomes(id, rows.slice(0, 2))
  stored().addOutcomes(id, rows.slice(2))
  const first = rows[0]!
  expect(stored().outcomes(id, { method: 'method' })).toEqual([
    { ...first, id: 'e1-0', mark: null },
    { ...first, rank: 2, id: 'e1-2', mark: null },
  ])
  expect(stored().outcomes(id, { method: 'method', topRank: 0 })).toHaveLength(1)
  expect(
    stored()
      .outcomes(id)
      .map((row) => row.id),
  ).toEqual(['e1-0', 'e1-2', 'e1-1'])
  stored().clearOutcomes(id)
  expect(stored().outcomes(id)).toEqual([])
})

test('the numbers of all outcomes come without their tubes, in the same order', () => {
  const video = made.build.video()
  stored().addOutcomes(id, [
    anOutcome(video, { method: 'randomTube' }),
    anOutcome(video),
    anOutcome(video, { rank: 1 }),
  ])
  const numbers = stored().numbers(id)
  expect(numbers).toEqual(
    stored()
      .outcomes(id)
      .map(({ tube: _, mark: __, ...row }) => row),
  )
  expect(numbers.map(({ method, rank }) => [method, rank])).toEqual([
    ['method', 0],
    ['method', 1],
    ['randomTube', 0],
  ])
})

test('ten thousand outcomes are stored by seconds of work', () => {
  const video = made.build.video()
  const tube = Array.from({ length: 16 }, (_, frame) => ({ frame, box: { x1: 0.1, y1: 0.2, x2: 30.3, y2: 40.4 } }))
  const rows = Array.from({ length: 10_000 }, (_, i) => anOutcome(video, { rank: i % 5, tube }))
  const start = cpuMs()
  stored().addOutcomes(id, rows)
  expect(cpuMs() - start).toBeLessThan(5000)
  expect(stored().outcomes(id)).toHaveLength(10_000)
})

test('a mark is set, changed and taken back, and stays with its outcome', () => {
  stored().addOutcomes(id, [anOutcome(made.build.video())])
  const outcome = OutcomeId.parse('e1-0')
  stored().mark(outcome, { cause: 'boxWrong', note: 'off by one' }, 1)
  expect(stored().mark(outcome, { cause: 'synonym', note: '' }, 2).mark).toEqual({ cause: 'synonym', note: '' })
  expect(stored().outcomes(id)[0]!.mark).toEqual({ cause: 'synonym', note: '' })
  stored().mark(outcome, null, 3)
  expect(stored().outcome(outcome).mark).toBeNull()
  expect(() => stored().mark(OutcomeId.parse('none'), null, 4)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
})

test('videos whose labels changed since are counted, and a removed video keeps its outcomes', async () => {
  const { build, project } = made
  const pole = build.attribute('pole')
  const [a, b] = [build.video({ name: 'a' }), build.video({ name: 'b' })]
  build.label(a, pole)
  const createdAt = Date.now() + 1
  stored().remove(id)
  stored().create(anEvaluation({ createdAt }))
  stored().addOutcomes(id, [anOutcome(a), anOutcome(a), anOutcome(b)])
  expect(stored().get(id).staleVideos).toBe(0)
  await setTimeout(5)
  new AnnotationService(project, () => {}).setLabel(owner, { video: b, attribute: pole, value: 'absent' })
  expect(stored().get(id).staleVideos).toBe(1)
  project.repositories.videos.remove([a])
  expect(stored().outcomes(id)).toHaveLength(3)
})

test('videos that came into its split since are counted, where the run knows their class', () => {
  const { build, project } = made
  const [ball, other] = [build.class('ball'), build.class('other')]
  project.repositories.runs.create(aRun({ id: RunId.parse('r2'), classes: [{ id: ball, name: 'ball' }] }))
  const measured = EvaluationId.parse('e2')
  stored().create(anEvaluation({ id: measured, run: RunId.parse('r2'), createdAt: Date.now() - 1 }))
  const at = { class: ball, split: 'test' } as const
  build.video({ ...at, name: 'new' })
  build.video({ ...at, name: 'of the training split', split: 'train' })
  build.video({ ...at, name: 'of a class it never learned', class: other })
  expect(stored().get(measured).staleVideos).toBe(1)
})

test('what was measured with a layer is of yesterday when that layer says something else, or is gone', async () => {
  const { build, project } = made
  const pole = build.attribute('pole')
  const [a, b, c] = ['a', 'b', 'c'].map((name) => build.video({ name })) as [VideoId, VideoId, VideoId]
  const { layers, campaigns } = project.repositories
  const campaign = CampaignId.parse('c')
  campaigns.insert({
    ...{ id: campaign, name: 'moves', kind: 'both', state: 'draft', videos: 'frozen', attributes: [pole] },
    ...{ filter: VideoFilter.parse({}), settings: CampaignSettings.parse({}), guidelines: '', rule: null },
    ...{ computedAt: null, createdAt: 1, openedAt: null },
  })
  const layer = (value: 'present' | 'absent', sure = 0.9, x = 10) => ({
    labels: [a, b].map((video, i): LayerLabel => {
      const said = i === 0 ? 'present' : value
      return { campaign, video, attribute: pole, value: said, sure, decided: false, shares: [] }
    }),
    tracks: [
      {
        ...{ id: TrackId.parse(`t${x} ${sure}`), campaign, video: c, attribute: pole, keyframes: [aKeyframe(0, x)] },
        ...{ sure: 1, decided: false, members: [] },
      },
    ],
  })
  layers.replace(campaign, layer('present'))
  const others = { plain: EvaluationId.parse('plain'), careful: EvaluationId.parse('careful') }
  const createdAt = Date.now() + 1
  stored().remove(id)
  stored().create(anEvaluation({ createdAt, campaign }))
  stored().create(anEvaluation({ id: others.plain, createdAt }))
  stored().create(
    anEvaluation({ id: others.careful, createdAt, campaign, config: EvaluationConfig.parse({ leastSure: 0.8 }) }),
  )
  for (const one of [id, others.plain, others.careful])
    stored().addOutcomes(one, [anOutcome(a), anOutcome(b), anOutcome(c)])
  const stale = () => [id, others.plain, others.careful].map((one) => stored().get(one).staleVideos)
  await setTimeout(5)
  layers.replace(campaign, layer('present'))
  expect(stale()).toEqual([0, 0, 0])
  // How sure it is matters to who leaves out the less sure.
  layers.replace(campaign, layer('present', 0.7))
  expect(stale()).toEqual([0, 0, 2])
  layers.replace(campaign, layer('absent', 0.7))
  expect(stale()).toEqual([1, 0, 2])
  layers.replace(campaign, layer('absent', 0.7, 30))
  expect(stale()).toEqual([2, 0, 3])
  campaigns.remove(campaign)
  expect(stale()).toEqual([3, 0, 3])
})
