import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { classify, featuresOf, inputOf } from '@main/explanation/classify'
import { ranked, searchAttributes } from '@main/explanation/rank-attributes'
import { excludingTubes, iterateTubes } from '@main/explanation/several-tubes'
import { openEngine } from '@main/learning/engine/open-engine'
import { runT0, type T0Run } from '@main/studies/t0/proof'

const search = { movement: 1, link: 'fixed' } as const
let run: T0Run

beforeAll(async () => {
  await openEngine()
  run = await runT0({ seed: 0, train: 160, test: 64, settings: { steps: 60 } })
})
afterAll(() => run.target.dispose())

const size = () => ({ frames: run.target.frames, height: run.target.height, width: run.target.width })

/** What would have to go from class 15 for class 3. */
const iterated = (input: Float32Array) =>
  iterateTubes({
    ...{ target: run.target, model: run.explainer, input, pos: 15, neg: 3, search, size: size() },
    options: { select: 'min', trim: false, maxTubes: 4 },
    fill: 'mean',
    colours: { black: [-1, -1, -1] },
  })

describe('several tubes', () => {
  test('that exclude each other keep two cells apart', async () => {
    const clip = await run.input.clips.get(15)
    const [features] = await featuresOf(run.target, [inputOf(run.target, clip.pixels)])
    const prepared = run.explainer.prepare(features!)
    const all = ranked(searchAttributes(run.explainer, prepared, { pos: 15, neg: 3, search, trim: false }), 'min', null)
    const tubes = excludingTubes(all, search, 3).map(({ tube }) => tube.cells)
    expect(tubes).toHaveLength(3)
    tubes.forEach((cells, i) => {
      for (const earlier of tubes.slice(0, i).flat()) {
        for (const cell of cells.filter(({ frame }) => frame === earlier.frame))
          expect(Math.max(Math.abs(cell.row - earlier.row), Math.abs(cell.col - earlier.col))).toBeGreaterThan(2)
      }
    })
  })

  test('by asking again: each step masks more, asks from the new prediction, and stops at B or at the limit', async () => {
    const clip = await run.input.clips.get(15)
    const input = inputOf(run.target, clip.pixels)
    const steps = await iterated(input)
    expect(steps.length).toBeGreaterThan(0)
    expect(steps.length).toBeLessThanOrEqual(4)
    const [asItIs] = await classify(run.target, [input])
    steps.forEach(({ pos }, i) => {
      const before = i === 0 ? asItIs!.probabilities : steps[i - 1]!.said.probabilities
      expect(pos).toBe(before.indexOf(Math.max(...before)))
      expect(pos).not.toBe(3)
    })
    const last = steps.at(-1)!.said.probabilities
    if (steps.length < 4) expect(last.indexOf(Math.max(...last))).toBe(3)
  })

  test('by asking again: a step is named for the class it led to, with the tube that was masked', async () => {
    const clip = await run.input.clips.get(15)
    const input = inputOf(run.target, clip.pixels)
    const steps = await iterated(input)
    const [first] = steps
    const said = first!.said.probabilities.indexOf(Math.max(...first!.said.probabilities))
    const prepared = run.explainer.prepare((await featuresOf(run.target, [input]))[0]!)
    const why = (neg: number) =>
      ranked(searchAttributes(run.explainer, prepared, { pos: 15, neg, search, trim: false }), 'min', null)[0]!
    expect(first!.asked.attribute).toBe(why(3).attribute)
    expect(first!.evidence.attribute).toBe(said === 15 ? why(3).attribute : why(said).attribute)
    expect(first!.evidence.tube).toBe(first!.asked.tube)
  })
})
