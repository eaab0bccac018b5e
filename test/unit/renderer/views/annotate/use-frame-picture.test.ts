import { expect, test } from 'vitest'
import type { Box } from '@shared/geometry/box'
import { nameOf } from '@renderer/actions/action-registry'
import { useAnnotation } from '@renderer/stores/annotation'
import { useNotices } from '@renderer/stores/notices'
import { usePeople } from '@renderer/stores/people'
import { useVocabulary } from '@renderer/stores/vocabulary'
import { useFramePicture } from '@renderer/views/annotate/use-frame-picture'
import { owner } from '@shared/actor'
import { type FakeStudio, aVideo, anAttribute, fakeStudio } from '../../../../support/fake-api'
import { inStudio, settled } from '../../in-studio'

const box = { x1: 1, y1: 2, x2: 11, y2: 12 }

async function looking(studio: FakeStudio = fakeStudio({ videos: 1 }), selected: Box | null = null) {
  const { result } = inStudio(studio, () => ({
    ...{ annotation: useAnnotation(), notices: useNotices(), people: usePeople(), vocabulary: useVocabulary() },
    action: useFramePicture(
      () => 5,
      () => selected,
    ),
  }))
  await result.vocabulary.refresh()
  await result.annotation.open(aVideo(0).id)
  await settled()
  result.annotation.attribute = anAttribute(1).id
  const given = () => studio.calls.find(({ name }) => name === 'vocabulary.setPicture')?.input
  return { ...result, given }
}

test('the frame that is seen becomes the picture of the current attribute, and can be taken back', async () => {
  const { action, given, notices } = await looking()
  expect([nameOf(action), action.allowed?.()]).toEqual(['Use this frame as the picture of ball', true])
  action.run()
  await settled()
  expect(given()).toEqual({ id: anAttribute(1).id, from: { video: aVideo(0).id, frame: 5, box: null } })
  expect(notices.notices.at(-1)).toMatchObject({
    text: 'Frame 5 is the picture of ball',
    action: { name: 'Undo' },
  })
})

test('with a box selected it is cut to it', async () => {
  const { action, given, notices } = await looking(undefined, box)
  expect(nameOf(action)).toBe('Use this box as the picture of ball')
  action.run()
  await settled()
  expect(given()).toMatchObject({ from: { frame: 5, box } })
  expect(notices.notices.at(-1)?.text).toBe('Frame 5, cut to the box, is the picture of ball')
})

test('it is not offered without an attribute, nor to who only answers', async () => {
  const { action, annotation } = await looking()
  annotation.attribute = null
  expect(action.allowed?.()).toBe(false)
  const studio = fakeStudio({ videos: 1 })
  studio.state.me = { ...owner, role: 'annotator' }
  expect((await looking(studio)).action.allowed?.()).toBe(false)
})
