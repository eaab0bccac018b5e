import { beforeEach, describe, expect, test } from 'vitest'
import { PersonId, SpanId } from '@shared/ids'
import { useAnnotation } from '@renderer/stores/annotation'
import { useNotices } from '@renderer/stores/notices'
import { type FakeStudio, anAttribute, aVideo, fakeStudio } from '../../../../support/fake-api'
import { inStudio, settled } from '../../in-studio'

const box = { x1: 1, y1: 2, x2: 11, y2: 12 }
const ball = anAttribute(1).id
let studio: FakeStudio

beforeEach(() => {
  studio = fakeStudio({ videos: 3 })
})

async function opened() {
  const { result } = inStudio(studio, () => ({ annotation: useAnnotation(), notices: useNotices() }))
  await result.annotation.open(aVideo(0).id)
  return result
}

test('an answer is saved as it is given, and shown when it is', async () => {
  const { annotation } = await opened()
  await annotation.setLabel(ball, 'present')
  expect(annotation.labels).toMatchObject([{ attribute: ball, value: 'present' }])
  expect(annotation.saving).toBe(0)
})

test('edits made faster than they are answered happen in their order', async () => {
  const { annotation } = await opened()
  await Promise.all([
    annotation.setLabel(ball, 'present'),
    annotation.setLabel(ball, 'unsure'),
    annotation.setLabel(ball, 'absent'),
  ])
  expect(annotation.labels).toMatchObject([{ value: 'absent' }])
})

test('a new track is selected, and so is its attribute', async () => {
  const { annotation } = await opened()
  const id = await annotation.createTrack(ball, 3, box)
  expect(annotation.selected).toBe(id)
  expect(annotation.attribute).toBe(ball)
  expect(annotation.track?.keyframes).toEqual([{ frame: 3, box, outside: false, occluded: false }])
})

test('a retimed key frame is at its new place only', async () => {
  const { annotation } = await opened()
  const id = await annotation.createTrack(ball, 3, box)
  await annotation.retime(id!, 3, 8)
  expect(annotation.track?.keyframes.map(({ frame }) => frame)).toEqual([8])
})

test('a removed track is no longer selected', async () => {
  const { annotation } = await opened()
  const id = await annotation.createTrack(ball, 3, box)
  await annotation.removeTrack(id!)
  expect(annotation.selected).toBeNull()
})

test('undo says what it took back and where', async () => {
  const { annotation } = await opened()
  await annotation.setLabel(ball, 'present')
  expect(await annotation.undo()).toEqual({ did: 'Undone', label: 'Set a box', frame: 3 })
})

test('a refused edit is said, and the next one goes through', async () => {
  const { annotation, notices } = await opened()
  studio.refuse('annotation.setLabel', new Error('The disk is full.'))
  await annotation.setLabel(ball, 'present')
  expect(notices.notices).toMatchObject([{ kind: 'error' }])
  expect(annotation.labels).toEqual([])
  await annotation.setLabel(ball, 'absent')
  expect(annotation.labels).toMatchObject([{ value: 'absent' }])
})

test('of two videos opened at once the later one is shown', async () => {
  const { annotation } = await opened()
  await Promise.all([annotation.open(aVideo(1).id), annotation.open(aVideo(2).id)])
  expect(annotation.video?.id).toBe(aVideo(2).id)
})

test('what somebody else changes in this video appears', async () => {
  const { annotation } = await opened()
  await settled()
  const label = { attribute: ball, value: 'unsure' as const, source: 'person' as const, annotator: null }
  const video = aVideo(0).id
  studio.state.annotations.set(video, {
    video,
    labels: [label],
    tracks: [],
    spans: [],
    others: { people: [], labels: [], tracks: [], spans: [] },
    undo: null,
    redo: null,
  })
  studio.change({ area: 'annotation', ids: [video] })
  await settled()
  expect(annotation.labels).toMatchObject([{ value: 'unsure' }])
})

test('a video stays open when the line to the studio was cut, and is put away with its project', async () => {
  const { annotation } = await opened()
  await settled()
  studio.change({ area: 'project', ids: [] })
  await settled()
  expect(annotation.video?.id).toBe(aVideo(0).id)
  studio.state.project = { ...studio.state.project!, path: '/projects/another' }
  studio.change({ area: 'project', ids: [] })
  await settled()
  expect(annotation.video).toBeNull()
})

/** The studio with one procedure of annotation put in the place of its own. */
function withGet(own: FakeStudio, get: FakeStudio['api']['annotation']['get']): FakeStudio {
  const annotation = new Proxy(own.api.annotation, {
    get: (target, name) => (name === 'get' ? get : Reflect.get(target, name)),
  })
  const api = new Proxy(own.api, {
    get: (target, name) => (name === 'annotation' ? annotation : Reflect.get(target, name)),
  })
  return { ...own, api }
}

test('what was read before an edit does not come over it, however late it arrives', async () => {
  const video = aVideo(0).id
  const reading = Promise.withResolvers<void>()
  const read = studio.api.annotation.get
  let late = false
  studio = withGet(studio, (async (input: { video: typeof video }) => {
    const said = await read(input)
    if (late) await reading.promise
    return said
  }) as typeof read)
  const { annotation } = await opened()
  await settled()
  late = true
  studio.change({ area: 'annotation', ids: [video] })
  await settled()
  await annotation.setLabel(ball, 'present')
  reading.resolve()
  await settled()
  expect(annotation.labels).toMatchObject([{ attribute: ball, value: 'present' }])
})

describe('with all people shown', () => {
  const video = aVideo(0).id
  const ann = { id: PersonId.parse('ann'), name: 'Ann' }

  /** Ann answers, as the studio will say it from now on. */
  function annAnswers() {
    const before = studio.state.annotations.get(video)
    const label = { attribute: ball, value: 'absent' as const, source: 'person' as const, annotator: ann.id }
    studio.state.annotations.set(video, {
      ...{ video, labels: [], tracks: [], spans: [], undo: null, redo: null, ...before },
      others: { people: [ann], labels: [label], tracks: [], spans: [] },
    })
  }

  test('what others said is read when it is asked for', async () => {
    const { annotation } = await opened()
    annAnswers()
    annotation.allPeople = true
    await settled()
    expect(annotation.others).toMatchObject({ people: [ann], labels: [{ annotator: ann.id, value: 'absent' }] })
  })

  test("an answer of somebody else that came while one's own was being saved is shown after it", async () => {
    const { annotation } = await opened()
    annotation.allPeople = true
    await settled()
    const saved = annotation.setLabel(ball, 'present')
    annAnswers()
    studio.change({ area: 'annotation', ids: [video] })
    await saved
    await settled()
    expect(annotation.others.labels).toMatchObject([{ annotator: ann.id }])
    expect(annotation.labels).toMatchObject([{ value: 'present' }])
  })

  test('what a reviewer brings back of somebody else is theirs still', async () => {
    annAnswers()
    const { annotation } = await opened()
    const before = studio.state.annotations.get(video)!
    const hers = { id: SpanId.parse('hers'), attribute: ball, person: ann.id, from: 2, to: 4, at: 0 }
    studio.state.annotations.set(video, { ...before, spans: [hers] })
    await annotation.undo()
    expect([annotation.spans, annotation.others.spans]).toEqual([[], [hers]])
  })
})
