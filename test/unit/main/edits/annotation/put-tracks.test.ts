import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { owner } from '@shared/actor'
import { TrackId } from '@shared/ids'
import { pressedTracks, putTracks } from '@main/edits/annotation/put-tracks'
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

test('tracks that were pressed are put as they were, taken away by undo, and put again by redo', () => {
  const { history, repositories } = made.project
  const track = aTrack()
  history.do(whose, putTracks.of(pressedTracks([track])))
  expect(repositories.tracks.ofVideo(track.video)).toEqual([track])
  history.undo(whose)
  expect(repositories.tracks.ofVideo(track.video)).toEqual([])
  history.redo(whose)
  expect(repositories.tracks.ofVideo(track.video)).toEqual([track])
})

test('what is no pressed track is refused, and nothing is changed', () => {
  const track = aTrack()
  const pressed = (text: string) => deflateRawSync(text).toString('base64')
  const { keyframes: _, ...about } = track
  for (const [text, why] of [
    [JSON.stringify([{ ...about, packed: [1, 2, 3] }]), 'it holds no whole key frames'],
    [JSON.stringify([about]), 'packed'],
  ] as const)
    expect(() => made.project.history.do(whose, putTracks.of({ tracks: [track.id], pressed: pressed(text) }))).toThrow(
      why,
    )
  expect(made.project.repositories.tracks.ofVideo(track.video)).toEqual([])
})
