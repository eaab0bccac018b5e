import { owner } from '@shared/actor'
import { expect, test } from 'vitest'
import type { Track } from '@shared/contract/annotation'
import type { Keyframe } from '@shared/geometry/track'
import { type AttributeId, PersonId, TrackId } from '@shared/ids'
import { markAt } from '@renderer/canvas/stage/marks'
import {
  annotateMarks,
  mergePartner,
  otherMarks,
  trackNames,
  valueAt,
  valueWithBox,
} from '@renderer/views/annotate/annotate-marks'
import { anAttribute } from '../../../../support/fake-api'

const ball = anAttribute(1, { name: 'ball' })
const attributeOf = (id: AttributeId) => (id === ball.id ? ball : undefined)
const box = (x: number) => ({ x1: x, y1: 0, x2: x + 10, y2: 10 })

function key(frame: number, more: Partial<Keyframe> = {}): Keyframe {
  return { frame, box: box(frame), outside: false, occluded: false, ...more }
}

function track(id: string, keyframes: Keyframe[]): Track {
  return { id: TrackId.parse(id), attribute: ball.id, kind: 'attribute', source: 'person', person: owner.id, keyframes }
}

const choice = { selected: null, onion: false, hidden: new Set<TrackId>() }
const looks = (tracks: Track[], frame: number, more: Partial<Parameters<typeof annotateMarks>[2]> = {}) =>
  annotateMarks(tracks, attributeOf, { ...choice, frame, ...more }).map(({ id, look }) => [id, look])

test('a box is solid at a key frame, dashed between, dotted while occluded, and gone outside', () => {
  const tracks = [track('a', [key(0), key(4, { occluded: true }), key(8, { outside: true })])]
  expect(looks(tracks, 0)).toEqual([['a', 'key']])
  expect(looks(tracks, 2)).toEqual([['a', 'between']])
  expect(looks(tracks, 6)).toEqual([['a', 'occluded']])
  expect(looks(tracks, 9)).toEqual([])
})

test('a box is dashed and dotted where a tracker proposed it, and on the way there, and says so', () => {
  const tracks = [track('a', [key(0), key(4), key(8, { proposed: true })])]
  expect([0, 2, 4, 6, 8, 9].map((frame) => looks(tracks, frame)[0]![1])).toEqual([
    ...['key', 'between', 'key', 'proposed', 'proposed', 'proposed'],
  ])
  expect(annotateMarks(tracks, attributeOf, { ...choice, frame: 6 })[0]!.label).toBe('ball, proposed')
})

test('the selected box lies on top and says where it is a key frame', () => {
  const tracks = [track('a', [key(0)]), track('b', [key(0)])]
  const marks = annotateMarks(tracks, attributeOf, { ...choice, frame: 0, selected: TrackId.parse('a') })
  expect(marks.map(({ id, label, selected }) => [id, label, selected])).toEqual([
    ['b', 'ball', false],
    ['a', 'ball, key frame', true],
  ])
})

test('the onion skin shows the key frames before and after the selected box', () => {
  const tracks = [track('a', [key(0), key(4), key(8)])]
  const shown = looks(tracks, 4, { onion: true, selected: TrackId.parse('a') })
  expect(shown).toEqual([
    ['a@0', 'trace'],
    ['a@8', 'trace'],
    ['a', 'key'],
  ])
})

test('a hidden track is not on the stage', () => {
  expect(looks([track('a', [key(0)])], 0, { hidden: new Set([TrackId.parse('a')]) })).toEqual([])
})

test('a box set where the object was outside brings it back, and keeps that it was occluded', () => {
  const keyframes = [key(0, { occluded: true }), key(4, { occluded: true, outside: true })]
  expect(valueWithBox(keyframes, 6, box(1))).toEqual({ box: box(1), outside: false, occluded: true })
})

test('the value at a frame is what a key frame there would say', () => {
  const keyframes = [key(2), key(6)]
  expect(valueAt(keyframes, 4)).toEqual({ box: box(4), outside: false, occluded: false })
  expect(valueAt(keyframes, 1)).toBeNull()
})

test('a track is joined with the nearest other one of its attribute', () => {
  const own = track('a', [key(10)])
  const far = track('b', [key(90)])
  const near = track('c', [key(20)])
  const other: Track = { ...track('d', [key(11)]), attribute: anAttribute(5).id }
  expect(mergePartner([own, far, near, other], own)).toBe(near)
  expect(mergePartner([own, other], own)).toBeNull()
})

test('boxes of others bear their names, are dimmed, and cannot be taken hold of', () => {
  const ann = PersonId.parse('ann')
  const others = { people: [{ id: ann, name: 'Ann' }], labels: [], tracks: [{ ...track('x', [key(0)]), person: ann }] }
  const marks = otherMarks(others, attributeOf, { frame: 0, hidden: new Set() })
  expect(marks).toMatchObject([{ id: 'x', look: 'other', label: 'ball, Ann', selected: false }])
  expect(markAt(marks, { x: 5, y: 5 })).toBeNull()
  expect(otherMarks(others, attributeOf, { frame: 0, hidden: new Set([TrackId.parse('x')]) })).toEqual([])
})

test('one actor is called so, and several are numbered as they were begun', () => {
  const actor = (id: string): Track => ({ ...track(id, [key(0)]), kind: 'actor', attribute: null })
  const names = (tracks: Track[]) => [...trackNames(tracks, attributeOf).values()]
  expect(names([actor('a'), track('b', [key(0)])])).toEqual(['actor', 'ball'])
  expect(names([actor('a'), track('b', [key(0)]), actor('c')])).toEqual(['actor 1', 'ball', 'actor 2'])
  expect(
    annotateMarks([actor('a'), actor('c')], attributeOf, { ...choice, frame: 0 }).map(({ label }) => label),
  ).toEqual(['actor 1', 'actor 2'])
})
