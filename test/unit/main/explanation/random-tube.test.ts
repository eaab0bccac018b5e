import { expect, test } from 'vitest'
import { randomTube } from '@main/explanation/random-tube'
import { random } from '@main/learning/random'
import { anExplainer } from '../../../support/explaining'

const model = anExplainer({ rows: 6, cols: 5 })
const cells = [0, 1].map((frame) => ({ frame, row: 2, col: 2, tap: 0, shape: 1 }))

test('a random tube has the length and shape of the given one, moves as far as it may, and fits anywhere', () => {
  const stream = random(1)
  const starts = new Set<number>()
  const places = new Set<string>()
  for (let i = 0; i < 400; i++) {
    const [first, second] = randomTube(model, cells, 1, stream)
    expect(second!.frame).toBe(first!.frame + 1)
    expect(Math.abs(second!.row - first!.row)).toBeLessThanOrEqual(1)
    expect(Math.abs(second!.col - first!.col)).toBeLessThanOrEqual(1)
    for (const cell of [first!, second!]) {
      expect(cell).toMatchObject({ tap: 0, shape: 1 })
      expect(cell.row < 6 && cell.col < 5 && cell.row >= 0 && cell.col >= 0 && cell.frame < 3).toBe(true)
    }
    starts.add(first!.frame)
    places.add(`${first!.row},${first!.col}`)
  }
  expect([...starts].sort()).toEqual([0, 1])
  expect(places.size).toBe(30)
})

test('the same seed gives the same tube', () => {
  expect(randomTube(model, cells, 1, random(4))).toEqual(randomTube(model, cells, 1, random(4)))
})
