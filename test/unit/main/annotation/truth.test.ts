import { afterEach, beforeEach, expect, test } from 'vitest'
import { truthOf } from '@main/annotation/truth'
import { aKeyframe, aProject } from '../../../support/project'

let made: ReturnType<typeof aProject>
beforeEach(() => (made = aProject()))
afterEach(() => made.remove())

test('the truth of a video is what is present, and every box in force at each frame', () => {
  const { build, project } = made
  const [pole, ball, ring] = ['pole', 'ball', 'ring'].map((name) => build.attribute(name))
  const video = build.video({ record: { frames: 12 } })
  build.label(video, pole!)
  build.label(video, ball!, 'absent')
  build.label(video, ring!, 'unsure')
  build.track(video, pole!, [aKeyframe(0, 0), aKeyframe(10, 20), aKeyframe(11, 0, { outside: true })])
  build.track(video, pole!, [aKeyframe(4, 100)])
  build.track(video, null, [aKeyframe(0, 50)])
  const truth = truthOf(project.repositories, video, [0, 5, 11])
  expect(truth.assigned).toEqual(new Set([pole]))
  const at = (x: number) => ({ x1: x, y1: 0, x2: x + 10, y2: 10 })
  expect(truth.boxes).toEqual(
    new Map([
      [
        pole,
        new Map([
          [0, [at(0)]],
          [5, [at(10), at(100)]],
          [11, [at(100)]],
        ]),
      ],
    ]),
  )
  expect([...truth.keyframes.get(pole!)!.keys()]).toEqual([0, 10, 4])
  expect(truth.actors.get(11)).toEqual([at(50)])
  expect([...truthOf(project.repositories, video).boxes.get(pole!)!.keys()]).toHaveLength(12)
})
