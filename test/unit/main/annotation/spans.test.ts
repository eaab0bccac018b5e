import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AnnotationService } from '@main/annotation/annotation-service'
import { VocabularyService } from '@main/library/vocabulary-service'
import { type Actor, owner } from '@shared/actor'
import { type AttributeId, PersonId, SpanId, type VideoId } from '@shared/ids'
import { aLibrary } from '../../../support/library'
import { aProject } from '../../../support/project'

const person = (name: string, role: Actor['role']): Actor => ({ id: PersonId.parse(name), name, role })
const [ann, ben, rae] = [person('ann', 'annotator'), person('ben', 'annotator'), person('rae', 'reviewer')]

let made: ReturnType<typeof aProject>
let annotation: AnnotationService
let video: VideoId
let pole: AttributeId
beforeEach(() => {
  made = aProject()
  annotation = new AnnotationService(made.project, () => {})
  pole = made.build.attribute('pole')
  video = made.build.video({ name: 'clip', record: { frames: 90 } })
})
afterEach(() => made.remove())

const mark = (from: number, to: number, actor = owner) =>
  annotation.addSpan(actor, { video, attribute: pole, from, to }).span
const seen = (actor = owner) => annotation.get(actor, video)
const ends = (actor = owner) => seen(actor).spans.map(({ from, to }) => [from, to])

describe('marking', () => {
  test('says that the attribute is present too, as one step of undo', () => {
    const { spans, labels, removedSpans } = annotation.addSpan(owner, { video, attribute: pole, from: 12, to: 40 })
    expect(spans).toMatchObject([{ attribute: pole, person: owner.id, from: 12, to: 40 }])
    expect([labels, removedSpans]).toMatchObject([[{ label: { value: 'present', source: 'person' } }], []])
    expect(annotation.history(owner, video)).toMatchObject([{ label: 'Mark pole from 12 to 40', frame: 12 }])

    const undone = annotation.undo(owner, video)
    expect(undone).toMatchObject({ label: 'Mark pole from 12 to 40', frame: 12, aside: [] })
    expect(undone.change).toMatchObject({ spans: [], removedSpans: [spans[0]!.id], labels: [{ label: null }] })
    expect(annotation.redo(owner, video).change.spans).toEqual(spans)
    expect(seen()).toMatchObject({ spans, labels: [{ value: 'present' }] })
  })

  test("makes what a class said this person's own answer", () => {
    made.project.repositories.answers.set({ video, attribute: pole, person: null }, { value: 'present', at: null })
    mark(0, 4)
    expect(seen().labels).toMatchObject([{ value: 'present', source: 'person' }])
  })

  test('names the spans that were joined, so that a window lets go of them', () => {
    const first = mark(0, 9)
    const { spans, removedSpans } = annotation.addSpan(owner, { video, attribute: pole, from: 10, to: 20 })
    expect([spans, removedSpans]).toMatchObject([[{ from: 0, to: 20 }], [first]])
    expect(annotation.undo(owner, video).change).toMatchObject({
      spans: [{ id: first, from: 0, to: 9 }],
      removedSpans: [spans[0]!.id],
    })
  })

  test('is refused beyond the video and for an end before the beginning, and changes nothing', () => {
    for (const [from, to, code] of [
      [0, 90, 'FRAME_NOT_THERE'],
      [90, 95, 'FRAME_NOT_THERE'],
      [9, 8, 'BAD_SETTING'],
    ] as const)
      expect(() => mark(from, to)).toThrow(expect.objectContaining({ code }))
    expect(seen()).toMatchObject({ spans: [], labels: [], undo: null })
  })
})

test('a span is retimed and removed, each as a step with its words; to where it is, it is no step', () => {
  const span = mark(12, 40)
  annotation.setSpan(owner, { video, span, from: 12, to: 40 })
  annotation.setSpan(owner, { video, span, from: 15, to: 60 })
  expect(ends()).toEqual([[15, 60]])
  expect(annotation.removeSpan(owner, { video, span })).toMatchObject({ spans: [], removedSpans: [span], labels: [] })
  expect(seen()).toMatchObject({ spans: [], labels: [{ value: 'present' }] })
  const went = Array.from({ length: 4 }, () => [annotation.undo(owner, video).label, ends()])
  expect(went).toEqual([
    ['Remove the span 15–60 of pole', [[15, 60]]],
    ['Retime pole to 15–60', [[12, 40]]],
    ['Mark pole from 12 to 40', []],
    [null, []],
  ])
})

test('the answer absent takes the spans with it in the same step, and undo brings them back', () => {
  mark(0, 9)
  mark(20, 29)
  const before = seen().spans
  const { removedSpans } = annotation.setLabel(owner, { video, attribute: pole, value: 'absent' })
  expect(removedSpans).toEqual(before.map(({ id }) => id))
  expect(seen().spans).toEqual([])
  expect(annotation.undo(owner, video).change.spans).toEqual(before)
  annotation.setLabels(owner, { video, labels: [{ attribute: pole, value: 'unsure' }] })
  expect(seen().spans).toEqual([])
  annotation.undo(owner, video)
  expect(seen()).toMatchObject({ spans: before, labels: [{ value: 'present' }] })
})

describe('several people', () => {
  test('mark for themselves; only reviewers see the spans of others, and retime them', () => {
    const ofAnn = mark(0, 9, ann)
    mark(5, 20, ben)
    expect([ends(ann), ends(ben), seen(ann).others.spans]).toEqual([[[0, 9]], [[5, 20]], []])
    expect(seen(rae).others).toMatchObject({
      people: [{ id: 'ann' }, { id: 'ben' }],
      spans: [
        { person: 'ann', from: 0, to: 9 },
        { person: 'ben', from: 5, to: 20 },
      ],
    })
    expect(() => annotation.removeSpan(ben, { video, span: ofAnn })).toThrow(
      expect.objectContaining({ code: 'NOT_ALLOWED' }),
    )
    annotation.setSpan(rae, { video, span: ofAnn, from: 1, to: 9 })
    expect(ends(ann)).toEqual([[1, 9]])
    annotation.undo(rae, video)
    expect(ends(ann)).toEqual([[0, 9]])
  })

  test("what everybody's answers come to has one person's spans", () => {
    mark(0, 9, ann)
    const own = mark(5, 20)
    expect(annotation.get(rae, video, 'everybody').spans).toMatchObject([{ id: own }])
  })
})

test('a span of another video, or one that is gone, is not found', () => {
  const span = mark(0, 9)
  const other = made.build.video()
  const about = [
    { video: other, span },
    { video, span: SpanId.parse('gone') },
  ]
  for (const one of about)
    expect(() => annotation.removeSpan(owner, one)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
})

describe('in the library', () => {
  const library = () => aLibrary(made.project)

  test('a deleted word gives its spans back when it is undone', () => {
    mark(0, 9)
    mark(5, 20, ann)
    const before = seen()
    library().removeAttribute(owner, pole)
    expect(seen().spans).toEqual([])
    library().undo(owner)
    expect([seen().spans, seen().others.spans]).toEqual([before.spans, before.others.spans])
    library().redo(owner)
    expect(made.project.repositories.spans.ofVideo(video)).toEqual([])
  })

  test('a removed video gives its spans back when it is undone', () => {
    mark(0, 9)
    const before = seen().spans
    library().remove(owner, [video])
    library().undo(owner)
    expect(seen().spans).toEqual(before)
  })

  test('answers given in bulk take the spans with them, and undo brings them back', () => {
    mark(0, 9)
    const before = seen().spans
    library().setAttribute(owner, { videos: [video], attribute: pole, value: 'absent' })
    expect(seen().spans).toEqual([])
    library().undo(owner)
    expect(seen().spans).toEqual(before)
  })

  test('words that are merged bring their spans together, and undo takes them apart', () => {
    const post = made.build.attribute('post')
    mark(0, 9)
    annotation.addSpan(owner, { video, attribute: post, from: 10, to: 20 })
    annotation.addSpan(owner, { video, attribute: post, from: 30, to: 40 })
    const everything = () => [seen().labels, made.project.repositories.spans.ofVideo(video)]
    const before = everything()
    new VocabularyService(made.project, () => {}).mergeAttributes(owner, { id: post, into: pole })
    expect(ends()).toEqual([
      [0, 20],
      [30, 40],
    ])
    expect(seen().spans.every(({ attribute }) => attribute === pole)).toBe(true)
    library().undo(owner)
    expect(everything()).toEqual(before)
  })
})
