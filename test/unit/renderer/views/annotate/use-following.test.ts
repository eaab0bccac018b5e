import { shallowRef } from 'vue'
import { beforeEach, expect, test } from 'vitest'
import type { Player } from '@renderer/canvas/player/player'
import { useAnnotation } from '@renderer/stores/annotation'
import { useNotices } from '@renderer/stores/notices'
import { useFollowing } from '@renderer/views/annotate/use-following'
import { type FakeStudio, anAttribute, aVideo, fakeStudio } from '../../../../support/fake-api'
import { inStudio } from '../../in-studio'

const box = { x1: 1, y1: 2, x2: 11, y2: 12 }
let studio: FakeStudio

beforeEach(() => {
  studio = fakeStudio({ videos: 1 })
})

async function boxed() {
  const [jumps, told]: [number[], string[]] = [[], []]
  const player = { drawn: shallowRef(3), jump: (frame: number) => jumps.push(frame) } as unknown as Player
  const { result } = inStudio(studio, () => ({
    ...{
      annotation: useAnnotation(),
      notices: useNotices(),
      following: useFollowing(player, (words) => told.push(words)),
    },
  }))
  await result.annotation.open(aVideo(0).id)
  await result.annotation.createTrack(anAttribute(1).id, 3, box)
  return { ...result, jumps, told, said: () => result.notices.notices.at(-1)?.text }
}

test('a box is followed, the hand is taken to where it came, and told how far', async () => {
  const { annotation, following, jumps, told } = await boxed()
  await following.follow()
  expect(jumps).toEqual([303])
  expect(told).toEqual(['Followed to frame 303.'])
  expect(annotation.track?.keyframes.map(({ frame, proposed }) => [frame, proposed])).toEqual([
    [3, undefined],
    [303, true],
  ])
  expect([following.proposed.value, following.running.value]).toEqual([1, null])
})

test('what was proposed is confirmed, or rejected', async () => {
  const { annotation, following, said } = await boxed()
  await following.follow()
  following.confirm()
  await annotation.settled()
  expect([following.proposed.value, annotation.track?.keyframes.length]).toEqual([0, 2])
  await following.follow()
  following.reject()
  await annotation.settled()
  expect(annotation.track?.keyframes.some(({ proposed }) => proposed)).toBe(false)
  following.reject()
  expect(said()).toBe('Nothing is proposed in the selected track.')
})

test('without a box there is nothing to follow, and that is said', async () => {
  const { annotation, following, said } = await boxed()
  annotation.select(null)
  await following.follow()
  expect(said()).toContain('Select a box that is visible here first')
  expect(studio.calls.some(({ name }) => name === 'annotation.propagate')).toBe(false)
})

test('following is given up without a word, and a refusal is said', async () => {
  const { following, notices, told } = await boxed()
  const given = following.follow()
  expect(following.stop()).toBe(true)
  await given
  expect([notices.notices, told]).toEqual([[], []])
  expect(following.stop()).toBe(false)
  studio.refuse('annotation.propagate', new Error('The proxy is gone.'))
  await following.follow()
  expect(notices.notices).toMatchObject([{ kind: 'error' }])
})

test('who leaves the video gives it up', async () => {
  const { annotation, following, told } = await boxed()
  const given = following.follow()
  annotation.close()
  await given
  expect([told, following.running.value]).toEqual([[], null])
})
