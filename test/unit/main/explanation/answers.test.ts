import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { bestAnswers, tubesOf, withPlacedTubes } from '@main/explanation/answers'
import { ranked, searchAttributes } from '@main/explanation/rank-attributes'
import { EngineFeatures } from '@main/learning/explainer/products'
import { aPresence, plainResponse } from '../../../support/a-presence'

const question = { pos: 0, neg: 2, search: { movement: 1, link: 'fixed' }, trim: false } as const
const { model, head, features } = aPresence()
const older = model.withPresence(null)
const ask = (of: typeof model, tubes: Parameters<typeof tubesOf>[1], select: 'min' | 'max' = 'min') =>
  bestAnswers(of, features, { ...question, select, tubes, count: 2 })

beforeAll(async () => {
  await tf.setBackend('cpu')
})

describe('answers', () => {
  test('of a model without a head are what they always were, whichever tubes are asked for', () => {
    const plain = ranked(searchAttributes(older, features, question), 'min', null)
    expect(ask(older, 'placed')).toEqual(plain)
    expect(tubesOf(older, 'placed')).toBe('own')
    expect(plain.map(({ presence }) => presence)).toEqual([null, null])
  })

  test('keep every score with a head, and the order of the rule of the paper', () => {
    const scores = (of: typeof model) =>
      ask(of, 'placed', 'max').map(({ attribute, score, minScore, mean }) => ({ attribute, score, minScore, mean }))
    expect(scores(model)).toEqual(scores(older))
  })

  test('say how likely the clip shows the attribute, read on its own tube even where it is placed', () => {
    for (const tubes of ['own', 'placed'] as const) {
      for (const { attribute, presence } of ask(model, tubes)) {
        const own = ask(model, 'own').find((one) => one.attribute === attribute)!.tube
        const odds = head.prior[question.pos * 2 + attribute]! + head.bias[attribute]!
        const asked = { words: head.words, attribute, cells: own.cells }
        expect(presence).toBeCloseTo(odds + plainResponse(model, features, asked), 3)
      }
    }
  })

  test('are the same whether places were asked for together with the scores or after them', () => {
    const together = searchAttributes(model, features, { ...question, shown: true })
    const after = searchAttributes(model, features, question)
    expect(after.map(({ shown }) => shown)).toEqual([null, null])
    const placed = (evidence: typeof after) =>
      withPlacedTubes(model, features, { evidence, ...question }).map(({ tube, score }) => ({ tube, score }))
    expect(placed(together)).toEqual(placed(after))
  })

  test('are the same of features that stay on the engine, which keeps nothing once they are let go', () => {
    const before = tf.memory().numTensors
    const from = (given: Parameters<typeof searchAttributes>[1]) =>
      withPlacedTubes(model, given, { evidence: searchAttributes(model, given, question), ...question }).map(
        ({ tube, score, presence }) => ({ tube, score, presence }),
      )
    {
      using there = new EngineFeatures(model, features)
      expect(from(there)).toEqual(from(features))
      expect(tf.memory().numTensors).toBe(before + model.grids.length)
    }
    expect(ask(model, 'placed')).toHaveLength(2)
    expect(tf.memory().numTensors).toBe(before)
  })

  test('order near ties by presence', () => {
    const near = model.withPresence({ ...head, nearTie: 1e6 })
    const [first, second] = ask(near, 'own')
    expect(first!.presence).toBeGreaterThan(second!.presence!)
  })
})

test('tubes kept apart are asked for as such, and asking again uses placed ones', () => {
  expect(tubesOf(model, 'exclude')).toBe('exclude')
  expect(tubesOf(model, 'iterate')).toBe('placed')
  expect(tubesOf(older, 'iterate')).toBe('own')
})
