import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AnnotationService } from '@main/annotation/annotation-service'
import { type Change } from '@shared/contract/system'
import { boxAt } from '@shared/geometry/track'
import type { AttributeId, TrackId, VideoId } from '@shared/ids'
import { aKeyframe, aProject } from '../../../support/project'
import { owner } from '@shared/actor'

let made: ReturnType<typeof aProject>
let annotation: AnnotationService
let changes: Change[]
let video: VideoId
let pole: AttributeId
let ball: AttributeId

beforeEach(() => {
  made = aProject()
  changes = []
  annotation = new AnnotationService(made.project, (change) => changes.push(change))
  pole = made.build.attribute('pole')
  ball = made.build.attribute('ball')
  video = made.build.video({ record: { frames: 90 } })
})
afterEach(() => made.remove())

const shape = (x = 0) => ({ box: { x1: x, y1: 0, x2: x + 10, y2: 10 }, outside: false, occluded: false })
const keyframes = (track: TrackId) => annotation.get(owner, video).tracks.find(({ id }) => id === track)?.keyframes

describe('labels', () => {
  test('are answered, answered otherwise, and taken back, each as one step', () => {
    annotation.setLabel(owner, { video, attribute: ball, value: 'unsure' })
    annotation.setLabel(owner, { video, attribute: pole, value: 'present' })
    expect(annotation.get(owner, video)).toMatchObject({
      labels: [
        { attribute: pole, value: 'present', source: 'person' },
        { attribute: ball, value: 'unsure', source: 'person' },
      ],
      undo: 'Say pole is present',
    })
    expect(annotation.setLabel(owner, { video, attribute: pole, value: null }).labels).toEqual([
      { attribute: pole, label: null },
    ])
    expect(annotation.get(owner, video).labels).toHaveLength(1)
    expect(annotation.undo(owner, video).change.labels).toMatchObject([{ label: { value: 'present' } }])
    expect(annotation.get(owner, video).labels).toHaveLength(2)
  })

  test('are given to several attributes as one step, which leaves answers that were the same alone', () => {
    annotation.setLabel(owner, { video, attribute: pole, value: 'absent' })
    const absent = [pole, ball].map((attribute) => ({ attribute, value: 'absent' as const }))
    const { labels, undo } = annotation.setLabels(owner, { video, labels: absent })
    expect([labels.map(({ attribute }) => attribute), undo]).toEqual([[ball], 'Answer 1 attribute'])
    expect(annotation.setLabels(owner, { video, labels: absent }).labels).toEqual([])
    annotation.undo(owner, video)
    expect(annotation.get(owner, video).labels).toMatchObject([{ attribute: pole, value: 'absent' }])
  })

  test('said again as they are make no step', () => {
    annotation.setLabel(owner, { video, attribute: pole, value: 'present' })
    annotation.setLabel(owner, { video, attribute: pole, value: 'present' })
    annotation.setLabel(owner, { video, attribute: ball, value: null })
    expect(annotation.undo(owner, video).label).toBe('Say pole is present')
    expect(annotation.undo(owner, video).label).toBeNull()
  })

  test("of a class become a person's own when that person says the same", () => {
    const ofClass = { video, attribute: pole, person: null }
    made.project.repositories.answers.set(ofClass, { value: 'present', at: null })
    expect(annotation.get(owner, video).labels).toMatchObject([{ value: 'present', source: 'class' }])
    expect(annotation.setLabel(owner, { video, attribute: pole, value: 'present' }).labels).toMatchObject([
      { label: { source: 'person', annotator: owner.id } },
    ])
  })
})

describe('tracks', () => {
  test('begin with a box, which also says that the attribute is present, and undo takes back both', () => {
    const { track, labels, tracks } = annotation.createTrack(owner, {
      video,
      attribute: pole,
      frame: 7,
      value: shape(3),
    })
    expect(labels).toMatchObject([{ attribute: pole, label: { value: 'present', source: 'person' } }])
    expect(tracks).toEqual([
      {
        id: track,
        attribute: pole,
        kind: 'attribute',
        source: 'person',
        person: owner.id,
        keyframes: [aKeyframe(7, 3)],
      },
    ])
    expect(annotation.undo(owner, video)).toMatchObject({
      label: 'Begin a track of pole',
      frame: 7,
      aside: [],
      change: {
        labels: [{ attribute: pole, label: null }],
        tracks: [],
        removedTracks: [track],
        redo: 'Begin a track of pole',
      },
    })
    expect(annotation.redo(owner, video).change).toMatchObject({ tracks })
    expect(annotation.get(owner, video).labels).toMatchObject([{ attribute: pole, value: 'present' }])
  })

  test('keep a box that was dragged from corner to corner in any direction, exactly', () => {
    const box = { x1: 30.25, y1: 20.125, x2: -10.1, y2: 1 / 3 }
    const { tracks } = annotation.createTrack(owner, { video, attribute: pole, frame: 0, value: { ...shape(), box } })
    expect(tracks[0]!.keyframes[0]!.box).toEqual({ x1: -10.1, y1: 1 / 3, x2: 30.25, y2: 20.125 })
  })

  test('take a box on the last frame, and refuse one behind it or without area', () => {
    const { track } = annotation.createTrack(owner, { video, attribute: pole, frame: 89, value: shape() })
    expect(keyframes(track)).toEqual([aKeyframe(89)])
    const refused = { video, attribute: pole, frame: 90, value: shape() }
    expect(() => annotation.createTrack(owner, refused)).toThrow(
      expect.objectContaining({ code: 'FRAME_NOT_THERE', data: { frame: 90, frames: 90 } }),
    )
    const flat = { ...shape(), box: { x1: 5, y1: 5, x2: 5, y2: 9 } }
    expect(() => annotation.createTrack(owner, { ...refused, frame: 1, value: flat })).toThrow(
      expect.objectContaining({ code: 'BAD_SETTING' }),
    )
    expect(annotation.get(owner, video).tracks).toHaveLength(1)
  })

  test('lose one key frame at a time: removing the box of the last frame leaves the others', () => {
    const track = made.build.track(video, pole, [aKeyframe(0), aKeyframe(40, 5), aKeyframe(89, 9)])
    annotation.setKeyframe(owner, { video, track, frame: 89, value: null })
    expect(keyframes(track)).toEqual([aKeyframe(0), aKeyframe(40, 5)])
  })

  test('go with their last visible key frame, and come back with it', () => {
    const all = [aKeyframe(3), aKeyframe(9, 0, { outside: true })]
    const track = made.build.track(video, pole, all)
    expect(annotation.setKeyframe(owner, { video, track, frame: 3, value: null })).toMatchObject({
      tracks: [],
      removedTracks: [track],
    })
    expect(annotation.undo(owner, video).change.tracks).toMatchObject([{ id: track, keyframes: all }])
  })

  test('are not changed by removing a key frame where there is none', () => {
    const track = made.build.track(video, pole, [aKeyframe(0), aKeyframe(10)])
    expect(annotation.setKeyframe(owner, { video, track, frame: 5, value: null }).undo).toBeNull()
    expect(keyframes(track)).toHaveLength(2)
  })

  test('are cut "from here", split and merged without a box moving', () => {
    const all = [aKeyframe(0), aKeyframe(20, 40), aKeyframe(60, 0, { outside: true })]
    const track = made.build.track(video, pole, all)
    const { tracks } = annotation.splitTrack(owner, { video, track, frame: 10 })
    const other = tracks.find(({ id }) => id !== track)!
    const visible = (frame: number) =>
      annotation.get(owner, video).tracks.flatMap(({ keyframes }) => boxAt(keyframes, frame) ?? [])
    for (let frame = 0; frame < 90; frame++) {
      const box = boxAt(all, frame)
      expect(visible(frame)).toEqual(box ? [box] : [])
    }
    annotation.mergeTracks(owner, { video, track, with: other.id })
    for (let frame = 0; frame < 90; frame++) expect(visible(frame)[0] ?? null).toEqual(boxAt(all, frame))
    annotation.cutTrack(owner, { video, track, frame: 15 })
    expect([visible(14), visible(15)]).toEqual([[boxAt(all, 14)], []])
    annotation.undo(owner, video)
    annotation.undo(owner, video)
    expect(annotation.undo(owner, video).change.tracks).toMatchObject([{ id: track, keyframes: all }])
  })

  test('cannot be split where one side has no box, nor merged with one of another attribute', () => {
    const track = made.build.track(video, pole, [aKeyframe(10)])
    const stranger = made.build.track(video, ball)
    for (const wrong of [
      () => annotation.splitTrack(owner, { video, track, frame: 10 }),
      () => annotation.mergeTracks(owner, { video, track, with: stranger }),
      () => annotation.mergeTracks(owner, { video, track, with: track }),
    ])
      expect(wrong).toThrow(expect.objectContaining({ code: 'BAD_SETTING' }))
  })

  test('keep boxes and flags when they get another attribute', () => {
    const all = [aKeyframe(0, 1, { occluded: true }), aKeyframe(20, 40), aKeyframe(60, 0, { outside: true })]
    const track = made.build.track(video, pole, all)
    expect(annotation.setTrackAttribute(owner, { video, track, attribute: ball }).tracks).toMatchObject([
      { attribute: ball, keyframes: all },
    ])
  })

  test('of an actor belong to no attribute, say nothing of one, and are taken back', () => {
    const { track } = annotation.createTrack(owner, { video, attribute: null, frame: 5, value: shape() })
    const { tracks, labels, undo } = annotation.get(owner, video)
    expect(tracks).toMatchObject([{ id: track, kind: 'actor', attribute: null, keyframes: [{ frame: 5 }] }])
    expect([labels, undo]).toEqual([[], 'Begin a track of an actor'])
    annotation.undo(owner, video)
    expect(annotation.get(owner, video).tracks).toEqual([])
  })

  test('are found in their own video alone', () => {
    const track = made.build.track(video, pole)
    const other = made.build.video()
    expect(() => annotation.removeTrack(owner, { video: other, track })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND', data: { kind: 'track', id: track } }),
    )
  })
})

test('every change is told once it is stored, with the video it was made in', () => {
  annotation.setLabel(owner, { video, attribute: pole, value: 'present' })
  annotation.get(owner, video)
  annotation.undo(owner, video)
  annotation.undo(owner, video)
  expect(changes).toEqual([
    { area: 'annotation', ids: [video] },
    { area: 'annotation', ids: [video] },
  ])
})
