import { afterEach, beforeEach, expect, test } from 'vitest'
import { owner } from '@shared/actor'
import { TrackId } from '@shared/ids'
import { packed, putTracks } from '@main/edits/annotation/put-tracks'
import { newId } from '@main/store/database/new-id'
import { aKeyframe, aProject } from '../../../../support/project'

let made: ReturnType<typeof aProject>
beforeEach(() => (made = aProject()))
afterEach(() => made.remove())

const whose = { scope: 'library', person: owner.id }

function aTrack() {
  const video = made.build.video({ name: 'clip' })
  const keyframes = [
    aKeyframe(2, 0.25, { occluded: true }),
    aKeyframe(5, -3, { outside: true }),
    aKeyframe(7, 1 / 3, { outside: true, occluded: true }),
    aKeyframe(9, 20),
  ]
  const about = { video, attribute: made.build.attribute('pole'), kind: 'attribute', source: 'person' } as const
  return { id: newId(TrackId), ...about, person: owner.id, keyframes }
}

test('tracks held as numbers are put as they were, taken away by undo, and put again by redo', () => {
  const { history, repositories } = made.project
  const track = aTrack()
  history.do(whose, putTracks.of({ put: [packed(track)] }))
  expect(repositories.tracks.ofVideo(track.video)).toEqual([track])
  history.undo(whose)
  expect(repositories.tracks.ofVideo(track.video)).toEqual([])
  history.redo(whose)
  expect(repositories.tracks.ofVideo(track.video)).toEqual([track])
})

test('numbers that are no whole key frames are refused', () => {
  const whole = packed(aTrack())
  const put = [{ ...whole, packed: whole.packed.slice(1) }]
  expect(() => made.project.history.do(whose, putTracks.of({ put }))).toThrow('it holds no whole key frames')
})
