import { describe, expect, test } from 'vitest'
import { type Bag, bagLoss } from '@main/learning/explainer/presence/bag-loss'
import { random } from '@main/learning/random'

const [tubes, attributes, classes] = [7, 3, 2]
const stream = random(3)
const draw = (count: number) => Float32Array.from({ length: count }, () => stream.normal())
const bags: Bag[] = [
  { from: 0, count: 3, label: 0, labels: Int8Array.of(1, 0, 0) },
  { from: 3, count: 1, label: 1, labels: Int8Array.of(0, 1, 1) },
  { from: 4, count: 3, label: 1, labels: Int8Array.of(-1, 0, 1) },
]
const problem = { bags, prior: draw(classes * attributes), attributes }
const [responses, bias] = [draw(tubes * attributes), draw(attributes)]

/** (l(x + h) - l(x - h)) / 2h for each number of a list. */
function slopes(list: Float32Array): number[] {
  const h = 1e-3
  return [...list].map((value, i) => {
    list[i] = value + h
    const above = bagLoss(problem, responses, bias).loss
    list[i] = value - h
    const below = bagLoss(problem, responses, bias).loss
    list[i] = value
    return (above - below) / (2 * h)
  })
}

describe('the loss of bags of tubes', () => {
  test('has the gradient that finite differences give, by every response and bias', () => {
    const found = bagLoss(problem, responses, bias)
    slopes(responses).forEach((slope, i) => expect(found.responses[i]).toBeCloseTo(slope, 4))
    slopes(bias).forEach((slope, s) => expect(found.bias[s]).toBeCloseTo(slope, 4))
  })

  test('counts a label as much as it is sure, in loss and gradient', () => {
    const weighed = (weight: number) => {
      const sure = bags.map((bag) => ({ ...bag, weights: Float32Array.of(weight, 1, 1) }))
      return bagLoss({ ...problem, bags: sure }, responses, bias)
    }
    const [none, half, full] = [weighed(0), weighed(0.5), weighed(1)]
    expect(full.loss).toBeCloseTo(bagLoss(problem, responses, bias).loss, 9)
    expect(half.loss).toBeCloseTo((none.loss + full.loss) / 2, 6)
    expect(half.bias[0]).toBeCloseTo(full.bias[0]! / 2, 6)
    expect([none.bias[0], half.bias[1]]).toEqual([0, full.bias[1]])
  })

  test('is cross entropy of the class prior where the head says nothing', () => {
    const { loss } = bagLoss(problem, new Float32Array(tubes * attributes), new Float32Array(attributes))
    const terms = bags.flatMap(({ label, labels }) =>
      [...labels].map((truth, s) => {
        const p = 1 / (1 + Math.exp(-problem.prior[label * attributes + s]!))
        return truth < 0 ? 0 : -Math.log(truth === 1 ? p : 1 - p)
      }),
    )
    expect(loss).toBeCloseTo(terms.reduce((a, b) => a + b, 0) / bags.length, 5)
  })

  test('leaves out what nobody could say', () => {
    const found = bagLoss(problem, responses, bias)
    for (let b = 4; b < 7; b++) expect(found.responses[b * attributes]).toBe(0)
  })

  test('takes the attribute for there where one tube of the bag shows it', () => {
    const one = { ...problem, bags: [{ from: 0, count: 3, label: 0, labels: Int8Array.of(1, 0, 0) }] }
    const quiet = new Float32Array(3 * attributes)
    const strong = quiet.slice()
    strong[attributes] = 8
    expect(bagLoss(one, strong, bias).loss).toBeLessThan(bagLoss(one, quiet, bias).loss)
    expect(bagLoss(one, strong, bias).responses[attributes]).toBeLessThan(0)
  })
})
