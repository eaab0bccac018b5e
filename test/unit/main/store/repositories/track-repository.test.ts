import { afterEach, expect, test } from 'vitest'
import { aKeyframe, aProject } from '../../../../support/project'

const made = aProject()
afterEach(() => made.remove())

test('the sizes of boxes are means over each track, as shares of the shorter side, of one split and of attributes only', () => {
  const { build, project } = made
  const pole = build.attribute('pole')
  // 320 x 240, as an import gives it unless said otherwise.
  const video = build.video({ split: 'train' })
  const wide = { ...aKeyframe(5), box: { x1: 0, y1: 0, x2: 38, y2: 10 } }
  build.track(video, pole, [aKeyframe(0), wide, aKeyframe(9, 0, { outside: true })])
  build.track(video, null)
  build.track(build.video({ split: 'test' }), pole)
  const [size, ...others] = project.repositories.tracks.sizes('train')
  expect([(size?.width ?? 0) * 240, (size?.height ?? 0) * 240]).toEqual([expect.closeTo(24), expect.closeTo(10)])
  expect(others).toEqual([])
})
