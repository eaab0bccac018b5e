import { expect, test } from 'vitest'
import { realHeadline } from '@main/studies/real/real-study'

test('each share stands with its interval, of the clips of one seed, and what was not measured is null', () => {
  const found = realHeadline({
    about: { trainClips: 199, testClips: 86, accuracy: 0.8 },
    method: { questions: 86, ncaTop1: 0.5, relativeDrop: 0.6 },
    randomTube: { questions: 86, ncaTop1: 0.4, relativeDrop: 0.2 },
    'named in this clip': { answers: 80, named: 0.75, namedByClass: 0.7, varyingAnswers: 0, namedVarying: NaN },
  })
  expect(found).toMatchObject({ clips: { train: 199, test: 86 }, namedByClass: 0.7, namedVarying: null })
  expect(found.accuracy).toMatchObject({ value: 0.8, clips: 86 })
  const { method, gradCamDifference } = found.ncaTop1 as Record<string, { interval: number[] } | null>
  expect(method?.interval[0]).toBeCloseTo(0.397, 2)
  expect(method?.interval[1]).toBeCloseTo(0.603, 2)
  expect(gradCamDifference).toBeNull()
})
