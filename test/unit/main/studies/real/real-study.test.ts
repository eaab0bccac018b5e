import { expect, test } from 'vitest'
import { realHeadline } from '@main/studies/real/real-study'

const seed = (accuracy: number, varying: number | null) => ({
  about: { trainClips: 199, testClips: 80, accuracy },
  method: { questions: 80, ncaTop1: 0.5, relativeDrop: 0.6, boxed: 0 },
  randomTube: { questions: 80, ncaTop1: 0.4, relativeDrop: 0.2 },
  // As it is read again from a kept result, where what was not measured is null.
  'named in this clip': {
    ...{ answers: 80, named: 0.75, namedByClass: 0.7, varyingAnswers: varying === null ? 0 : 20 },
    namedVarying: varying as number,
  },
})

test('where all seeds test the same clips, intervals are of the clips of one seed', () => {
  const found = realHeadline({}, [seed(0.7, null), seed(0.9, null)])
  expect(found).toMatchObject({ clips: { train: 199, test: 80 }, namedByClass: 0.7, namedVarying: null })
  expect(found.accuracy).toMatchObject({ value: 0.8, clips: 80 })
  const { method, gradCamDifference } = found.ncaTop1 as Record<string, { interval: number[] } | null>
  expect(method?.interval[0]).toBeCloseTo(0.393, 2)
  expect(method?.interval[1]).toBeCloseTo(0.607, 2)
  expect(gradCamDifference).toBeNull()
})

test('where each seed tests others, all of them count, and a seed that could not measure something takes nothing away', () => {
  const found = realHeadline({ folds: 5 }, [seed(0.7, null), seed(0.9, 0.5)])
  expect(found.accuracy).toMatchObject({ clips: 160 })
  expect(found.namedVarying).toMatchObject({ value: 0.5, clips: 20 })
})
