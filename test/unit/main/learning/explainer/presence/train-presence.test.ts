import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { ExplainerConfig } from '@shared/config/explainer'
import { trainPresence } from '@main/learning/explainer/presence/train-presence'
import { responseOf } from '@main/learning/explainer/presence/tube-reading'
import { random } from '@main/learning/random'
import { aTap } from '../../../../../support/a-tap'
import { aPresence } from '../../../../../support/a-presence'

const frames = 3

beforeAll(async () => {
  await tf.setBackend('cpu')
})

/** Clips of which half show the second word: then the second channel shines at the place where the contrast looks. */
function aProblem(count = 40) {
  const { model } = aPresence({ taps: [aTap(), aTap({ name: 'other' })] })
  const stream = random(4)
  for (const { classes, attributes } of model.weights) {
    classes.fill(0)
    attributes.fill(0)
    // Class 0 is told from the others by the first channel of the middle cell.
    classes[4 * 2] = 1
  }
  const shows = (i: number) => i % 2 === 0
  const clips = Array.from({ length: count }, (_, i) => {
    const maps = [0, 1].map(() => {
      const map = Float32Array.from({ length: frames * 16 * 2 }, () => 0.1 * stream.next())
      const place = 5 + (i % 3)
      for (let t = 0; t < frames; t++) {
        map[(t * 16 + place) * 2] = 3
        map[(t * 16 + place) * 2 + 1] = shows(i) ? 1 : 0
        // Elsewhere it shines in the other clips, which a head of the whole clip would take for it.
        map[(t * 16 + 15) * 2 + 1] = shows(i) ? 0 : 1
      }
      return map
    })
    return { maps, probabilities: Float32Array.of(0.8, 0.1, 0.1) }
  })
  return {
    config: ExplainerConfig.parse({}),
    model: model.withPresence(null),
    features: { count, get: async (i: number) => clips[i]! },
    label: () => 0,
    labels: (i: number) => Int8Array.of(1, shows(i) ? 1 : 0),
    place: (i: number) =>
      Array.from({ length: frames }, (_, frame) => ({ frame, row: 1, col: 1 + (i % 3), tap: 0, shape: 0 })),
    shows,
    clips,
  }
}

test('the head learns from labels of clips alone what the contrast shows', async () => {
  const problem = aProblem()
  const { head, clips, tubes, cells } = await trainPresence(problem)
  expect({ clips, tubes, cells }).toEqual({ clips: 40, tubes: 80, cells: 9 })
  for (const [i, clip] of problem.clips.entries()) {
    const read = { words: head.words, attribute: 1, cells: problem.place(i) }
    const z = head.prior[1]! + head.bias[1]! + responseOf(problem.model, clip.maps, read)
    expect(z > 0).toBe(problem.shows(i))
  }
})

test('where nine cells do not fit the memory budget, their sums do: the same weight in all nine', async () => {
  const problem = aProblem()
  // 40 clips x 2 tubes x 36 numbers, twice, are .022 MB, of which half the budget is .015 MB.
  const { head, cells } = await trainPresence({ ...problem, config: { ...problem.config, memoryBudget: 0.03 } })
  expect(cells).toBe(1)
  const kernel = head.words[0]!.subarray(18, 36)
  for (let k = 1; k < 9; k++) expect(kernel[k * 2 + 1]).toBe(kernel[1])
  const z = (i: number) =>
    responseOf(problem.model, problem.clips[i]!.maps, { words: head.words, attribute: 1, cells: problem.place(i) })
  expect(z(0)).toBeGreaterThan(z(1))
})

test('where those do not fit either, there are fewer clips', async () => {
  const problem = aProblem()
  const { clips, cells } = await trainPresence({ ...problem, config: { ...problem.config, memoryBudget: 0.002 } })
  expect(cells).toBe(1)
  expect(clips).toBe(Math.floor((0.001 * 1e6) / (8 * 4 * 2)))
})

test('the same clips give the same head', async () => {
  const [one, other] = [await trainPresence(aProblem(8)), await trainPresence(aProblem(8))]
  expect(one.head).toEqual(other.head)
})

test('a request to stop is heeded while the head is trained', async () => {
  const stop = new AbortController()
  const trained = trainPresence({ ...aProblem(8), signal: stop.signal, onLoss: () => stop.abort() })
  await expect(trained).rejects.toMatchObject({ code: 'INTERRUPTED' })
})
