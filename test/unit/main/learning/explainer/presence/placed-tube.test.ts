import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { deltaMaps } from '@main/learning/explainer/delta-maps'
import { leanedMaps, placedTube, scoreOn } from '@main/learning/explainer/presence/placed-tube'
import { presenceMaps } from '@main/learning/explainer/presence/presence-maps'
import { cellCount, type ScoreMap } from '@main/learning/search/score-map'
import { SearchSpace } from '@main/learning/search/search-space'
import { aTap } from '../../../../../support/a-tap'
import { aPresence, plainResponse } from '../../../../../support/a-presence'
import { plainMaps, plainTube } from '../../../../../support/plain-explaining'

const pair = { pos: 1, neg: 2, attribute: 0 }
const options = { search: { movement: 1, link: 'fixed' }, trim: false, space: new SearchSpace() } as const

beforeAll(async () => {
  await tf.setBackend('cpu')
})

/** g_s by the formula, a cell at a time. */
function plainPresence(
  { model, head, features }: ReturnType<typeof aPresence>,
  like: readonly ScoreMap[],
  attribute: number,
) {
  return like.map((map) => {
    const { rows, cols } = map.grid
    const values = Float32Array.from({ length: cellCount(map.grid) }, (_, at) => {
      const [frame, row, col] = [Math.floor(at / (rows * cols)), Math.floor(at / cols) % rows, at % cols]
      const cells = [{ frame, row, col, tap: map.tap, shape: map.shape }]
      return head.bias[attribute]! + plainResponse(model, features, { words: head.words, attribute, cells })
    })
    return { ...map, offset: 0, values }
  })
}

const spread = (list: readonly number[]) => {
  const mean = list.reduce((a, b) => a + b, 0) / list.length
  return Math.sqrt(list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / list.length)
}

describe.each([
  ['unlike cells at its taps', undefined],
  ['the same cells at both taps', [aTap(), aTap({ name: 'other', channels: 3 })]],
])('a model with %s', (_, taps) => {
  const about = aPresence({ taps })
  const { model, head, features } = about

  test('has the presence maps of the formula, of each word that was asked for', () => {
    const contrast = plainMaps(model, features, pair)
    const found = presenceMaps(model, head, { features, attributes: [1, 0] })
    for (const [k, attribute] of [1, 0].entries()) {
      const plain = plainPresence(about, contrast, attribute)
      found[k]!.forEach((map, m) =>
        map.values.forEach((value, at) => expect(value).toBeCloseTo(plain[m]!.values[at]!, 3)),
      )
    }
  })

  test('places a tube as the formula and the plain search do, with the contrast on it', () => {
    const contrast = plainMaps(model, features, pair)
    const presence = plainPresence(about, contrast, pair.attribute)
    const all = (maps: readonly ScoreMap[]) => maps.flatMap(({ values }) => [...values])
    const factor = (2 * spread(all(contrast))) / spread(all(presence))
    const leaned = contrast.map((map, m) => ({
      ...map,
      values: map.values.map((value, at) => value + factor * presence[m]!.values[at]!),
    }))
    const [maps] = deltaMaps(model, features, [pair])
    const [shown] = presenceMaps(model, head, { features, attributes: [pair.attribute] })
    const placed = placedTube(maps!, shown!, options)
    expect(placed.cells).toEqual(plainTube(leaned, 1, 1).cells)
    expect(placed.score).toBeCloseTo(scoreOn(contrast, placed.cells), 3)
  })
})

test('a head that says the same everywhere leaves the tube where it was', () => {
  const { model, features } = aPresence()
  const [maps] = deltaMaps(model, features, [pair])
  const flat = maps!.map((map) => ({ ...map, values: map.values.map(() => -2) }))
  expect(leanedMaps(maps!, flat).map(({ values }) => values)).toEqual(maps!.map(({ values }) => values))
  expect(placedTube(maps!, flat, options).cells).toEqual(plainTube(maps!, 1, 1).cells)
})
