import fc from 'fast-check'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { AnnotationService } from '@main/annotation/annotation-service'
import { aLibrary } from '../../../../support/library'
import { openProject } from '@main/project/project'
import { Failure } from '@shared/failures'
import type { AttributeId, ClassId, TrackId, VideoId } from '@shared/ids'
import { editedRows } from '../../../../support/database'
import { aKeyframe, aProject } from '../../../../support/project'
import { owner } from '@shared/actor'

/** What a person does next; numbers choose among what is there then. */
interface Step {
  what: keyof typeof actions
  a: number
  b: number
  frame: number
}

class NothingToPick extends Error {}

function pick<T>(list: readonly T[], n: number): T {
  if (list.length === 0) throw new NothingToPick()
  return list[n % list.length]!
}

class Hand {
  readonly library
  readonly annotation
  constructor(readonly project: ReturnType<typeof aProject>['project']) {
    this.library = aLibrary(project)
    this.annotation = new AnnotationService(project, () => {})
  }
  video = (n: number): VideoId => pick(this.project.repositories.videos.all(), n).id
  attribute = (n: number): AttributeId => pick(this.project.repositories.attributes.rows(), n).id
  class = (n: number): ClassId => pick(this.project.repositories.classes.rows(), n).id
  tracks = (video: VideoId): TrackId[] => this.project.repositories.tracks.ofVideo(video).map(({ id }) => id)
  onTrack = (a: number, b: number) => {
    const video = this.video(a)
    return { video, track: pick(this.tracks(video), b) }
  }
}

const own = (scope: string) => ({ scope, person: owner.id })
const box = (x: number) => ({ ...aKeyframe(0, x), frame: undefined })
const values = ['present', 'absent', 'unsure', null] as const

/** Each says in whose history it is: a video's, or the library's. */
const actions = {
  label: ({ annotation, ...hand }: Hand, { a, b, frame }: Step) =>
    annotation.setLabel(owner, { video: hand.video(a), attribute: hand.attribute(b), value: values[frame % 4]! }).video,
  createTrack: ({ annotation, ...hand }: Hand, { a, b, frame }: Step) =>
    annotation.createTrack(owner, { video: hand.video(a), attribute: hand.attribute(b), frame, value: box(b) }).video,
  setKeyframe: ({ annotation, ...hand }: Hand, { a, b, frame }: Step) =>
    annotation.setKeyframe(owner, { ...hand.onTrack(a, b), frame, value: { ...box(a), outside: b % 3 === 0 } }).video,
  moveKeyframe: ({ annotation, ...hand }: Hand, { a, b, frame }: Step) => {
    const on = hand.onTrack(a, b)
    const { keyframes } = hand.project.repositories.tracks.get(on.track)
    return annotation.moveKeyframe(owner, { ...on, from: pick(keyframes, a).frame, to: frame }).video
  },
  removeKeyframe: ({ annotation, ...hand }: Hand, { a, b, frame }: Step) => {
    const on = hand.onTrack(a, b)
    const { keyframes } = hand.project.repositories.tracks.get(on.track)
    return annotation.setKeyframe(owner, { ...on, frame: pick(keyframes, frame).frame, value: null }).video
  },
  removeTrack: ({ annotation, ...hand }: Hand, { a, b }: Step) =>
    annotation.removeTrack(owner, hand.onTrack(a, b)).video,
  cut: ({ annotation, ...hand }: Hand, { a, b, frame }: Step) =>
    annotation.cutTrack(owner, { ...hand.onTrack(a, b), frame }).video,
  split: ({ annotation, ...hand }: Hand, { a, b, frame }: Step) =>
    annotation.splitTrack(owner, { ...hand.onTrack(a, b), frame }).video,
  merge: ({ annotation, ...hand }: Hand, { a, b, frame }: Step) =>
    annotation.mergeTracks(owner, { ...hand.onTrack(a, b), with: hand.onTrack(a, frame).track }).video,
  trackAttribute: ({ annotation, ...hand }: Hand, { a, b, frame }: Step) =>
    annotation.setTrackAttribute(owner, { ...hand.onTrack(a, b), attribute: hand.attribute(frame) }).video,
  createClass: ({ library }: Hand, { a }: Step) => void library.createClass(owner, `class ${a}`),
  renameClass: ({ library, ...hand }: Hand, { a, b }: Step) =>
    void library.renameClass(owner, hand.class(a), `class ${b}`),
  removeClass: ({ library, ...hand }: Hand, { a }: Step) => library.removeClass(owner, hand.class(a)),
  createAttribute: ({ library }: Hand, { a }: Step) => void library.createAttribute(owner, { name: `attribute ${a}` }),
  updateAttribute: ({ library, ...hand }: Hand, { a, b }: Step) =>
    void library.updateAttribute(owner, hand.attribute(a), { name: `attribute ${b}`, group: `group ${a}` }),
  removeAttribute: ({ library, ...hand }: Hand, { a }: Step) => library.removeAttribute(owner, hand.attribute(a)),
  setClass: ({ library, ...hand }: Hand, { a, b, frame }: Step) =>
    library.setClass(owner, [hand.video(a), hand.video(b)], frame % 3 === 0 ? null : hand.class(frame)),
  setSplit: ({ library, ...hand }: Hand, { a, b, frame }: Step) =>
    library.setSplit(owner, [hand.video(a), hand.video(b)], [null, 'train' as const, 'test' as const][frame % 3]!),
  setAttribute: ({ library, ...hand }: Hand, { a, b, frame }: Step) =>
    library.setAttribute(owner, {
      videos: [hand.video(a), hand.video(b)],
      attribute: hand.attribute(frame),
      value: values[frame % 4]!,
    }),
  prior: ({ library, ...hand }: Hand, { a, b, frame }: Step) =>
    void library.setClassPrior(owner, hand.class(a), [hand.attribute(b), hand.attribute(frame)]),
  removeVideo: ({ library, ...hand }: Hand, { a }: Step) => library.remove(owner, [hand.video(a)]),
} as const

const step = fc.record({
  what: fc.constantFrom(...(Object.keys(actions) as (keyof typeof actions)[])),
  a: fc.nat(7),
  b: fc.nat(7),
  frame: fc.nat(20),
})

const places: Partial<Record<Step['what'], { b?: number; frame?: number }>> = {
  label: { b: 2 },
  createTrack: { frame: 0 },
  moveKeyframe: { b: 1, frame: 12 },
  setKeyframe: { b: 1 },
  cut: { frame: 12 },
  merge: { frame: 1 },
  renameClass: { b: 5 },
  updateAttribute: { b: 5 },
}

/** Every action once, so that none is tested by chance alone. */
const everyStep = (Object.keys(actions) as (keyof typeof actions)[])
  .toSorted((a, b) => Number(a.startsWith('remove')) - Number(b.startsWith('remove')))
  .map((what) => ({ what, a: 0, b: places[what]?.b ?? 0, frame: places[what]?.frame ?? 8 }))

/** Three videos, two classes, three attributes, some labels and two tracks. */
function someProject() {
  const made = aProject()
  const { build, project, folder } = made
  const [ollie, kickflip] = [build.class('Ollie'), build.class('Kickflip')]
  const words = ['pole', 'ball', 'ring'].map((name) => build.attribute(name))
  const videos = [ollie, kickflip, null].map((of, i) => build.video({ name: `clip ${i}`, class: of, split: 'train' }))
  build.label(videos[0]!, words[0]!)
  build.label(videos[1]!, words[1]!, 'absent')
  build.track(videos[0]!, words[0]!, [aKeyframe(0), aKeyframe(10, 10), aKeyframe(15, 0, { outside: true })])
  build.track(videos[0]!, words[0]!, [aKeyframe(5, 3)])
  const reader = new Sqlite(`${folder}/project.db`, { readonly: true })
  const remove = () => {
    reader.close()
    made.remove()
  }
  const steps = () => reader.prepare('select count(*) from edit where undone = 0').pluck().get() as number
  return { ...made, hand: new Hand(project), rows: () => editedRows(reader), steps, reader, remove }
}

/** Does it if it can be done now. Returns the history it went to, or null where nothing changed. */
function attempt(made: ReturnType<typeof someProject>, step: Step): string | null {
  const before = made.steps()
  try {
    const scope = actions[step.what](made.hand, step) ?? 'library'
    return made.steps() > before ? scope : null
  } catch (error) {
    // Nothing left to pick, or a rule of the studio said no.
    if (error instanceof Failure || error instanceof NothingToPick) return null
    throw error
  }
}

describe('history', () => {
  test('whatever people do, undoing all of it brings back every row as it was, and redoing all of it the end', () => {
    const done = new Set<string>()
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        const made = someProject()
        try {
          const start = made.rows()
          const scopes = steps.flatMap((step) => {
            const scope = attempt(made, step)
            if (scope) done.add(step.what)
            return scope ?? []
          })
          const end = made.rows()
          for (const scope of scopes.toReversed()) expect(made.project.history.undo(own(scope)).done).not.toBeNull()
          expect(made.rows()).toEqual(start)
          for (const scope of scopes) expect(made.project.history.redo(own(scope)).done).not.toBeNull()
          expect(made.rows()).toEqual(end)
        } finally {
          made.remove()
        }
      }),
      { numRuns: 30, examples: [[everyStep]] },
    )
    expect([...done].sort(), 'every kind of action was really done').toEqual(Object.keys(actions).sort())
  })

  test('undo, redo and new edits in any order and any history never fail and leave no loose ends', () => {
    const move = fc.record({ move: fc.constantFrom('undo', 'redo', 'do', 'do'), scope: fc.nat(3), step })
    fc.assert(
      fc.property(fc.array(move, { minLength: 5, maxLength: 40 }), (moves) => {
        const made = someProject()
        try {
          const scopes = ['library', ...made.project.repositories.videos.ids()]
          for (const { move, scope, step } of moves) {
            if (move === 'do') attempt(made, step)
            else made.project.history[move as 'undo' | 'redo'](own(scopes[scope]!))
          }
          expect(made.reader.pragma('foreign_key_check')).toEqual([])
          const alone = 'select id from track where id not in (select track from keyframe)'
          expect(made.reader.prepare(alone).all(), 'tracks without a key frame').toEqual([])
        } finally {
          made.remove()
        }
      }),
      { numRuns: 15 },
    )
  })

  test('undo survives a restart, and says what it does and where it shows', () => {
    const { project, build, folder, remove } = aProject()
    const attribute = build.attribute('pole')
    const video = build.video()
    const track = build.track(video, attribute, [aKeyframe(0)])
    new AnnotationService(project, () => {}).setKeyframe(owner, { video, track, frame: 12, value: aKeyframe(12, 40) })
    project.close()
    const again = openProject(folder)
    const annotation = new AnnotationService(again, () => {})
    expect(annotation.get(owner, video)).toMatchObject({ undo: 'Set box at frame 12', redo: null })
    expect(annotation.undo(owner, video)).toMatchObject({
      label: 'Set box at frame 12',
      frame: 12,
      change: { undo: null, redo: 'Set box at frame 12', tracks: [{ keyframes: [aKeyframe(0)] }] },
    })
    again.close()
    remove()
  })

  test('a new edit forgets what was undone, in its own history alone', () => {
    const { hand, remove } = someProject()
    const [first, second] = [hand.video(0), hand.video(1)]
    const say = (video: VideoId, value: 'present' | 'absent') =>
      hand.annotation.setLabel(owner, { video, attribute: hand.attribute(2), value })
    for (const video of [first, second]) {
      say(video, 'present')
      hand.annotation.undo(owner, video)
    }
    say(first, 'absent')
    expect(hand.annotation.redo(owner, first).label).toBeNull()
    expect(hand.annotation.redo(owner, second).label).toBe('Say ring is present')
    remove()
  })

  test('a step about something that is gone is set aside, and the one before it is undone', () => {
    const { hand, remove } = someProject()
    const video = hand.video(2)
    const [pole, ball] = [hand.attribute(0), hand.attribute(1)]
    hand.annotation.setLabel(owner, { video, attribute: ball, value: 'present' })
    hand.annotation.createTrack(owner, { video, attribute: pole, frame: 3, value: box(0) })
    hand.library.removeAttribute(owner, pole)
    expect(hand.annotation.undo(owner, video).label).toBe('Say ball is present')
    expect(hand.annotation.undo(owner, video).label).toBeNull()
    remove()
  })

  test('undo is not stuck when an import took the name of what it brings back', () => {
    const { hand, build, remove } = someProject()
    hand.library.removeClass(owner, hand.class(0))
    build.class('Kickflip')
    expect(hand.library.undo(owner).label).toBe('Delete the class Kickflip')
    expect(hand.project.repositories.classes.rows().map(({ name }) => name)).toEqual([
      'Kickflip',
      'Kickflip (2)',
      'Ollie',
    ])
    remove()
  })
})

describe('the list of steps', () => {
  test('leads back to any of them, and on again, as undo and redo by hand do', () => {
    const made = someProject()
    const { hand, rows } = made
    const video = hand.video(2)
    const states = [rows()]
    for (const value of ['present', 'absent', 'unsure'] as const) {
      hand.annotation.setLabel(owner, { video, attribute: hand.attribute(0), value })
      states.push(rows())
    }
    const ids = hand.annotation.history(owner, video).map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted((a, b) => b - a))
    const [third, , first] = ids
    for (const [step, state] of [
      [first, 1],
      [third, 3],
      [0, 0],
      [third, 3],
    ] as const) {
      const moved = hand.annotation.undoTo(owner, { video, step: step! })
      expect(moved.change.labels[0]?.label?.value ?? null).toBe([null, 'present', 'absent', 'unsure'][state])
      expect(rows()).toEqual(states[state])
    }
    expect(hand.annotation.undoTo(owner, { video, step: third! }).label).toBeNull()
    made.remove()
  })

  test('says what was taken back, and knows no step of another video', () => {
    const made = someProject()
    const { hand } = made
    const [video, other] = [hand.video(2), hand.video(1)]
    hand.annotation.setLabel(owner, { video, attribute: hand.attribute(0), value: 'present' })
    hand.annotation.setLabel(owner, { video: other, attribute: hand.attribute(0), value: 'present' })
    const [step] = hand.annotation.history(owner, other)
    hand.annotation.undo(owner, video)
    expect(hand.annotation.history(owner, video).map(({ undone }) => undone)).toEqual([true])
    expect(() => hand.annotation.undoTo(owner, { video, step: step!.id })).toThrow(Failure)
    made.remove()
  })
})
