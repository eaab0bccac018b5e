import { beforeEach, expect, test } from 'vitest'
import { useAnnotation } from '@renderer/stores/annotation'
import { type FakeStudio, anAttribute, aVideo, fakeStudio } from '../../../support/fake-api'
import { inStudio } from '../in-studio'

const box = { x1: 1, y1: 2, x2: 11, y2: 12 }
const moved = { x1: 2, y1: 2, x2: 12, y2: 12 }
const value = (at: typeof box) => ({ box: at, outside: false, occluded: false })
let studio: FakeStudio

beforeEach(() => {
  studio = fakeStudio({ videos: 1 })
})

async function boxed() {
  const { result: annotation } = inStudio(studio, () => useAnnotation())
  await annotation.open(aVideo(0).id)
  const track = await annotation.createTrack(anAttribute(1).id, 3, box)
  return { annotation, track: track! }
}

test('a box stands where it was put before the answer comes, and afterwards', async () => {
  const { annotation, track } = await boxed()
  const answered = annotation.setKeyframe(track, 3, value(moved))
  expect(annotation.track?.keyframes).toMatchObject([{ frame: 3, box: moved }])
  await answered
  expect(annotation.track?.keyframes).toMatchObject([{ frame: 3, box: moved }])
})

test('a new key frame is expected in the order of frames', async () => {
  const { annotation, track } = await boxed()
  void annotation.setKeyframe(track, 1, value(moved))
  expect(annotation.track?.keyframes.map(({ frame }) => frame)).toEqual([1, 3])
  await annotation.settled()
})

test('a box that is refused goes back to where it was', async () => {
  const { annotation, track } = await boxed()
  studio.refuse('annotation.setKeyframe', new Error('The disk is full.'))
  await annotation.setKeyframe(track, 3, value(moved))
  expect(annotation.track?.keyframes).toMatchObject([{ frame: 3, box }])
})
