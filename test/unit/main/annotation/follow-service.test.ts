import { afterEach, beforeEach, expect, test } from 'vitest'
import { owner } from '@shared/actor'
import type { Box } from '@shared/geometry/box'
import type { TrackId, VideoId } from '@shared/ids'
import { AnnotationService } from '@main/annotation/annotation-service'
import { FollowService } from '@main/annotation/follow-service'
import type { Followed } from '@main/media/follow/follow-box'
import { aProject } from '../../../support/project'

const at = (x: number): Box => ({ x1: x, y1: 0, x2: x + 10, y2: 10 })
const value = (x: number) => ({ box: at(x), outside: false, occluded: false })

let made: ReturnType<typeof aProject>
let annotation: AnnotationService
let follow: FollowService
let video: VideoId
let track: TrackId
/** What is found when a box is followed, and how far it was asked for. */
let found: (from: number, to: number) => Followed
let asked: number[]

beforeEach(() => {
  made = aProject()
  annotation = new AnnotationService(made.project, () => {})
  video = made.build.video({ record: { frames: 50 } })
  ;({ track } = annotation.createTrack(owner, {
    ...{ video, attribute: made.build.attribute('pole'), frame: 2, value: value(0) },
  }))
  found = (from, to) => moving(from, to, 'done')
  asked = []
  const media = {
    follow: (_: VideoId, { from, to }: { from: number; to: number }) => {
      asked.push(to)
      return Promise.resolve(found(from, to))
    },
  }
  follow = new FollowService(made.project, media, annotation)
})
afterEach(() => made.remove())

/** Three pixels to the right in each frame. */
function moving(from: number, to: number, ended: Followed['ended']): Followed {
  const boxes = Array.from({ length: to - from }, (_, i) => ({ frame: from + 1 + i, box: at(3 * (i + 1)), score: 0.9 }))
  return { boxes, ended }
}

const keyframes = () => annotation.get(owner, video).tracks[0]!.keyframes
const propagate = (frame = 2, frames = 300) => follow.propagate(owner, { video, track, frame, frames })

test('what was followed is proposed with as few key frames as hold its way, and counts for nothing yet', async () => {
  const { reached, words } = await propagate()
  expect([reached, words]).toEqual([49, 'Followed to frame 49.'])
  expect(keyframes()).toEqual([
    { ...value(0), frame: 2 },
    { ...value(141), frame: 49, proposed: true },
  ])
  expect(made.project.repositories.tracks.counted([video])[0]!.keyframes).toEqual([{ ...value(0), frame: 2 }])
})

test('proposals are confirmed in one step, rejected in one step, and both are taken back', async () => {
  await propagate()
  expect(annotation.confirmBoxes(owner, { video, track }).undo).toBe('Confirm the proposed boxes')
  expect(keyframes().some(({ proposed }) => proposed)).toBe(false)
  annotation.undo(owner, video)
  expect(keyframes().filter(({ proposed }) => proposed)).toHaveLength(1)
  annotation.rejectBoxes(owner, { video, track })
  expect(keyframes()).toEqual([{ ...value(0), frame: 2 }])
  annotation.undo(owner, video)
  annotation.undo(owner, video)
  expect(keyframes()).toEqual([{ ...value(0), frame: 2 }])
})

test('it goes as far as the next key frame that a person set, and is told where its match was too weak', async () => {
  annotation.setKeyframe(owner, { video, track, frame: 20, value: value(60) })
  expect((await propagate()).words).toBe('Followed to frame 19, where its next key frame is.')
  found = (from) => moving(from, from + 4, 'weak')
  const { words } = await propagate()
  expect(words).toBe('Stopped after frame 6: nothing in frame 7 is enough like the box. Set it there and go on.')
  expect(asked).toEqual([19, 19])
  // What was proposed before on that way went.
  expect(keyframes().map(({ frame }) => frame)).toEqual([2, 6, 20])
})

test('from between key frames the box there is proposed too; where it leaves the picture it is outside', async () => {
  found = (from) => moving(from, from + 3, 'edge')
  await propagate(10)
  expect(keyframes().map(({ frame, outside, proposed }) => [frame, outside, proposed])).toEqual([
    [2, false, undefined],
    [10, false, true],
    [13, false, true],
    [14, true, true],
  ])
})

test('a box that a person sets on a proposal is their own', async () => {
  await propagate()
  annotation.setKeyframe(owner, { video, track, frame: 49, value: value(100) })
  expect(keyframes().at(-1)).toEqual({ ...value(100), frame: 49 })
})

test('nothing is changed where nothing was found, and where there is no box or no way it is refused', async () => {
  found = () => ({ boxes: [], ended: 'flat' })
  const { words, tracks } = await propagate()
  expect(words).toContain('nothing in this box to hold on to')
  expect(tracks).toEqual([])
  await expect(propagate(1)).rejects.toMatchObject({ code: 'BAD_SETTING' })
  await expect(propagate(49)).rejects.toMatchObject({ code: 'BAD_SETTING' })
})
