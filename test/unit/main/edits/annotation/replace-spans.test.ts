import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { owner } from '@shared/actor'
import { type AttributeId, PersonId, SpanId, type VideoId } from '@shared/ids'
import { addSpan } from '@main/edits/annotation/add-span'
import { removeSpan } from '@main/edits/annotation/remove-span'
import { replaceSpans } from '@main/edits/annotation/replace-spans'
import { setSpan } from '@main/edits/annotation/set-span'
import { setLabel } from '@main/edits/annotation/set-label'
import { aProject } from '../../../../support/project'

let made: ReturnType<typeof aProject>
let video: VideoId
let pole: AttributeId
beforeEach(() => {
  made = aProject()
  video = made.build.video({ record: { frames: 40 } })
  pole = made.build.attribute('pole')
  made.build.label(video, pole)
})
afterEach(() => made.remove())

const whose = () => ({ scope: video, person: owner.id })
const all = () => made.project.repositories.spans.ofVideo(video)
const ends = () => all().map(({ id, from, to }) => [id, from, to])
const aSpan = (id: string, from: number, to: number, person = owner.id) => {
  return { id: SpanId.parse(id), video, attribute: pole, person, from, to, at: 7 }
}
const add = (id: string, from: number, to: number) =>
  made.project.history.do(whose(), addSpan.of({ span: aSpan(id, from, to) }))

test('a span that touches or overlaps others takes them in, and undo gives each back as it was', () => {
  add('a', 0, 4)
  add('b', 10, 14)
  add('c', 20, 24)
  const before = all()
  add('d', 5, 12)
  expect(ends()).toEqual([
    ['d', 0, 14],
    ['c', 20, 24],
  ])
  made.project.history.undo(whose())
  expect(all()).toEqual(before)
  made.project.history.redo(whose())
  expect(ends()).toEqual([
    ['d', 0, 14],
    ['c', 20, 24],
  ])
})

test('a span moved onto others takes them in and keeps its own name; one frame between two keeps them apart', () => {
  add('a', 0, 4)
  add('b', 10, 14)
  const { history } = made.project
  history.do(whose(), setSpan.of({ span: SpanId.parse('a'), from: 0, to: 8 }))
  expect(ends()).toEqual([
    ['a', 0, 8],
    ['b', 10, 14],
  ])
  history.do(whose(), setSpan.of({ span: SpanId.parse('a'), from: 2, to: 9 }))
  expect(ends()).toEqual([['a', 2, 14]])
  history.undo(whose())
  history.undo(whose())
  expect(ends()).toEqual([
    ['a', 0, 4],
    ['b', 10, 14],
  ])
})

test('spans of two people, or of two attributes, never join', () => {
  const ann = PersonId.parse('ann')
  const ball = made.build.attribute('ball')
  made.build.span(video, pole, [0, 9], ann)
  made.build.span(video, ball, [0, 9])
  add('a', 5, 12)
  expect(all()).toHaveLength(3)
})

test('whatever is done to spans, none of a person touch, and the inverse of each step puts all back', () => {
  const { history, repositories } = made.project
  const action = fc.record({
    kind: fc.constantFrom('add', 'set', 'remove', 'swap'),
    which: fc.nat(9),
    from: fc.nat(39),
    length: fc.nat(8),
  })
  let named = 0
  fc.assert(
    fc.property(fc.array(action, { minLength: 1, maxLength: 8 }), (actions) => {
      repositories.spans.remove(all().map(({ id }) => id))
      const states = [all()]
      for (const { kind, which, from, length } of actions) {
        const [there, to] = [all(), Math.min(39, from + length)]
        const one = there[which % Math.max(1, there.length)]
        if (kind === 'add' || !one) add(`s${++named}`, from, to)
        else if (kind === 'set') history.do(whose(), setSpan.of({ span: one.id, from, to }))
        else if (kind === 'remove') history.do(whose(), removeSpan.of({ span: one.id }))
        else {
          const put = [aSpan(`s${++named}`, from, to), ...there.slice(1).map((span) => ({ ...span, to: span.from }))]
          history.do(whose(), replaceSpans.of({ remove: [one.id].filter((id) => id === there[0]?.id), put }))
        }
        const now = all()
        for (const [i, span] of now.entries()) if (i > 0) expect(span.from).toBeGreaterThan(now[i - 1]!.to + 1)
        states.push(now)
      }
      for (const before of states.toReversed().slice(1)) {
        history.undo(whose())
        expect(all()).toEqual(before)
      }
      for (const after of states.slice(1)) {
        history.redo(whose())
        expect(all()).toEqual(after)
      }
    }),
    { numRuns: 60 },
  )
})

test('a span is of an attribute that its person answered present: without that answer it is put nowhere', () => {
  const { history, repositories } = made.project
  add('a', 0, 4)
  history.do(whose(), setSpan.of({ span: SpanId.parse('a'), from: 0, to: 9 }))
  // Somebody answers otherwise for them elsewhere: in the library, or by an import.
  repositories.spans.remove([SpanId.parse('a')])
  repositories.answers.set({ video, attribute: pole, person: owner.id }, { value: 'absent', at: null })
  expect(history.undo(whose())).toMatchObject({
    aside: [
      expect.stringMatching(/set aside: the answer "present" it is about is no longer there/),
      expect.stringMatching(/set aside: the span it is about is no longer there/),
    ],
  })
  expect(all()).toEqual([])
})

test('another answer takes the spans with it, the same answer leaves them, and undo gives both back', () => {
  add('a', 0, 4)
  add('b', 10, 14)
  const before = all()
  const { history } = made.project
  const place = { video, attribute: pole, person: owner.id }
  const answer = (value: 'absent' | 'present' | 'unsure' | null) =>
    history.do(whose(), setLabel.of({ ...place, said: [{ ...place, answer: value && { value, at: 1 } }] }))
  answer('present')
  expect(all()).toEqual(before)
  for (const value of ['absent', 'unsure', null] as const) {
    expect(answer(value).touched.spans).toEqual(before.map(({ id }) => id))
    expect(all()).toEqual([])
    expect(history.undo(whose()).done?.touched.spans).toEqual(before.map(({ id }) => id))
    expect(all()).toEqual(before)
  }
})
