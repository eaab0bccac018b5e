import { afterEach, beforeEach, expect, test } from 'vitest'
import { PersonId } from '@shared/ids'
import { aProject } from '../../../../support/project'

let made: ReturnType<typeof aProject>
beforeEach(() => (made = aProject()))
afterEach(() => made.remove())

test("of several people's spans the owner's stand for all, else those of whose first one is oldest", () => {
  const { build, project } = made
  const [video, pole, ball] = [build.video(), build.attribute('pole'), build.attribute('ball')]
  const [ann, ben] = [PersonId.parse('ann'), PersonId.parse('ben')]
  const ofBen = build.span(video, ball, [3, 4], ben)
  build.span(video, ball, [0, 9], ann)
  build.span(video, pole, [0, 9], ann)
  const own = [build.span(video, pole, [1, 2]), build.span(video, pole, [5, 6])]
  expect(
    project.repositories.spans
      .counted([video])
      .map(({ id }) => id)
      .sort(),
  ).toEqual([ofBen, ...own].sort())
})

test('spans of what people do not come to as present stand for nobody', () => {
  const { build, project } = made
  const [video, pole] = [build.video(), build.attribute('pole')]
  build.span(video, pole, [0, 9], PersonId.parse('ann'))
  const ofOthers = ['ben', 'cleo'].map((name) => ({ video, attribute: pole, person: PersonId.parse(name) }))
  for (const place of ofOthers) project.repositories.answers.set(place, { value: 'absent', at: null })
  expect(project.repositories.spans.counted([video])).toEqual([])
})

test('spans come in the order of their frames, and go with their video', () => {
  const { build, project } = made
  const [video, pole] = [build.video(), build.attribute('pole')]
  const [late, early] = [build.span(video, pole, [20, 30]), build.span(video, pole, [2, 3])]
  expect(project.repositories.spans.ofVideo(video).map(({ id }) => id)).toEqual([early, late])
  project.repositories.videos.remove([video])
  expect(project.repositories.spans.ofVideo(video)).toEqual([])
})
