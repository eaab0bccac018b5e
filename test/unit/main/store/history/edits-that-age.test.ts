import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { AnnotationService } from '@main/annotation/annotation-service'
import { aLibrary } from '../../../../support/library'
import { type Edit, UnknownEdit, defineEdit, older } from '@main/store/history/edit'
import { owner } from '@shared/actor'
import type { AttributeId, TrackId, VideoId } from '@shared/ids'
import { aKeyframe, aProject } from '../../../../support/project'

let made: ReturnType<typeof aProject>
let annotation: AnnotationService
let video: VideoId
let pole: AttributeId
let track: TrackId
let db: Sqlite.Database
beforeEach(() => {
  made = aProject()
  annotation = new AnnotationService(made.project, () => {})
  pole = made.build.attribute('pole')
  video = made.build.video()
  track = made.build.track(video, pole, [aKeyframe(0), aKeyframe(9, 9)])
  db = new Sqlite(made.project.paths.database)
})
afterEach(() => {
  db.close()
  made.remove()
})

const box = (x: number) => ({ box: { x1: x, y1: 0, x2: x + 10, y2: 10 }, outside: false, occluded: false })
const frames = () => annotation.get(owner, video).tracks[0]?.keyframes.map(({ frame }) => frame)
const set = (frame: number, x: number, gesture?: string) =>
  annotation.setKeyframe(owner, { video, track, frame, value: box(x), gesture })

const renamed = defineEdit({
  kind: 'test.rename',
  change: z.object({ name: z.string(), why: z.string() }),
  older: [
    older(z.object({ n: z.string() }), ({ n }) => ({ name: n })),
    older(z.object({ name: z.string() }), ({ name }) => ({ name, why: 'nobody said' })),
  ],
  label: ({ name }) => name,
  apply: (_, change): Edit => renamed.of(change),
})

test('a change of an older version goes through every step to the newest, each checked', () => {
  const read = (version: number, change: unknown) => renamed.read({ kind: renamed.kind, version, change })
  expect(renamed.of({ name: 'a', why: 'b' }).version).toBe(3)
  expect(read(1, { n: 'pole' })).toEqual({ name: 'pole', why: 'nobody said' })
  expect(read(2, { name: 'pole' })).toEqual({ name: 'pole', why: 'nobody said' })
  expect(() => read(1, { name: 'pole' })).toThrow(z.ZodError)
  expect(() => read(4, {})).toThrow(UnknownEdit)
})

test.for([
  ['an unknown kind', { inverse_kind: 'track.spin' }, /this studio does not know edits of the kind "track.spin"/],
  ['a version of tomorrow', { inverse_version: 99 }, /does not know version 99/],
  ['a payload that cannot be read', { inverse: '{"track":7}' }, /what was stored of it cannot be read/],
] as const)('%s is set aside with a sentence, and the step before it is taken back', ([, broken, sentence]) => {
  set(3, 3)
  set(5, 5)
  for (const [column, value] of Object.entries(broken))
    db.prepare(`update edit set ${column} = ? where id = (select max(id) from edit)`).run(value)

  const { label, aside } = annotation.undo(owner, video)

  expect(label).toBe('Set box at frame 3')
  expect(aside).toEqual([expect.stringMatching(sentence)])
  expect(frames()).toEqual([0, 5, 9])
  expect(db.prepare('select aside from edit where aside is not null').pluck().all()).toEqual(aside)
  expect(annotation.redo(owner, video)).toMatchObject({ label: 'Set box at frame 3', aside: [] })
})

test('a step whose track is gone is set aside, kept, and said', () => {
  set(3, 3)
  aLibrary(made.project).removeAttribute(owner, pole)

  expect(annotation.undo(owner, video)).toMatchObject({
    label: null,
    aside: ['"Set box at frame 3" was set aside: the track it is about is no longer there.'],
  })
  expect(db.prepare('select count(*) from edit where scope = ?').pluck().get(video)).toBe(1)
})

test('a key frame moved in time is one step, there and back, also onto another one', () => {
  annotation.moveKeyframe(owner, { video, track, from: 9, to: 4 })
  expect(frames()).toEqual([0, 4])
  annotation.moveKeyframe(owner, { video, track, from: 4, to: 0 })
  expect(annotation.get(owner, video).tracks[0]?.keyframes).toEqual([aKeyframe(0, 9)])

  expect(annotation.undo(owner, video)).toMatchObject({ label: 'Move key frame 4 to 0', frame: 0 })
  expect(annotation.undo(owner, video)).toMatchObject({ label: 'Move key frame 9 to 4', frame: 4 })
  expect(annotation.get(owner, video).tracks[0]?.keyframes).toEqual([aKeyframe(0), aKeyframe(9, 9)])
  expect(annotation.undo(owner, video).label).toBeNull()
})

test('nudges of one movement are one step, which undo takes back to where it began and redo does to its end', () => {
  set(9, 20)
  for (const x of [21, 22, 23]) set(9, x, 'nudge 1')
  for (const x of [24, 25]) set(9, x, 'nudge 2')

  const x = () => annotation.get(owner, video).tracks[0]?.keyframes.at(-1)?.box.x1
  const went = ['undo', 'undo', 'redo', 'redo', 'undo', 'undo', 'undo'] as const
  expect(went.map((way) => (annotation[way](owner, video), x()))).toEqual([23, 20, 23, 25, 23, 20, 9])
})

test('a movement that another step came between, or on another key frame, is not put together', () => {
  set(3, 1, 'one')
  set(4, 1, 'one')
  annotation.setLabel(owner, { video, attribute: pole, value: 'present' })
  set(4, 2, 'one')
  const undone = Array.from({ length: 5 }, () => annotation.undo(owner, video).label)
  expect(undone).toEqual([
    'Set box at frame 4',
    'Say pole is present',
    'Set box at frame 4',
    'Set box at frame 3',
    null,
  ])
})
