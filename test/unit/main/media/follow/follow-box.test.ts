import { expect, test } from 'vitest'
import type { Gray } from '@main/media/follow/correlation'
import { followBox } from '@main/media/follow/follow-box'

const size = { width: 80, height: 60 }
const side = 12

/** Soft reproducible noise: a pixel is like its neighbours, as in a film. */
function texture(x: number, y: number, seed: number): number {
  return 128 + 60 * Math.sin(0.9 * x + seed) * Math.cos(0.7 * y + 2 * seed) + 50 * Math.sin(0.45 * (x + 2 * y) + seed)
}

/** A patch of its own texture at a place over a background that stands still; no patch where there is no place. */
function scene(at: { x: number; y: number } | null): Gray {
  const values = Float32Array.from({ length: size.width * size.height }, (_, i) => {
    const [x, y] = [i % size.width, Math.floor(i / size.width)]
    const [dx, dy] = at ? [x - at.x, y - at.y] : [-1, -1]
    const isIn = dx >= 0 && dy >= 0 && dx < side && dy < side
    return isIn ? texture(dx, dy, 1) : 100 + 8 * Math.sin(0.3 * x) * Math.cos(0.2 * y)
  })
  return { ...size, values }
}

async function follow(places: readonly ({ x: number; y: number } | null)[]) {
  const start = { x1: places[0]!.x, y1: places[0]!.y, x2: places[0]!.x + side, y2: places[0]!.y + side }
  const pictures = async function* () {
    for (const [i, at] of places.entries()) yield { frame: 10 + i, gray: await Promise.resolve(scene(at)) }
  }
  return followBox(pictures(), start)
}

test('a box goes where its content goes, also where that grows faster, and keeps its size', async () => {
  const places = Array.from({ length: 9 }, (_, i) => ({ x: 10 + i + 0.5 * i * i, y: 20 + 2 * i }))
  const { boxes, ended } = await follow(places)
  expect(ended).toBe('done')
  expect(boxes.map(({ frame }) => frame)).toEqual([11, 12, 13, 14, 15, 16, 17, 18])
  for (const [i, { box }] of boxes.entries()) {
    expect(Math.abs(box.x1 - places[i + 1]!.x)).toBeLessThan(0.6)
    expect(Math.abs(box.y1 - places[i + 1]!.y)).toBeLessThan(0.6)
    expect([box.x2 - box.x1, box.y2 - box.y1]).toEqual([expect.closeTo(side, 6), expect.closeTo(side, 6)])
  }
})

test('it stops where its content is gone', async () => {
  const { boxes, ended } = await follow([{ x: 20, y: 20 }, { x: 22, y: 20 }, { x: 24, y: 20 }, null, null])
  expect(boxes.map(({ frame }) => frame)).toEqual([11, 12])
  expect(ended).toBe('weak')
})

test('it stops at the edge of the picture', async () => {
  const leaving = Array.from({ length: 8 }, (_, i) => ({ x: 50 + 5 * i, y: 20 }))
  expect((await follow(leaving)).ended).toBe('edge')
})

test('what is of one colour cannot be followed', async () => {
  const flat = { ...size, values: new Float32Array(size.width * size.height).fill(70) }
  const pictures = async function* () {
    for (const frame of [0, 1]) yield { frame, gray: await Promise.resolve(flat) }
  }
  expect(await followBox(pictures(), { x1: 5, y1: 5, x2: 20, y2: 20 })).toEqual({ boxes: [], ended: 'flat' })
})
