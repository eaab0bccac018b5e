import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DragEnd, type DragEvent, type DragState, drag, idle } from '@renderer/canvas/stage/box-drag'

const box = { x1: 10, y1: 10, x2: 30, y2: 20 }
const at = (x: number, y: number) => ({ x, y })

function play(events: DragEvent[], slop = 3): { state: DragState; ends: DragEnd[] } {
  const ends: DragEnd[] = []
  const state = events.reduce<DragState>((state, event) => {
    const step = drag(state, event, slop)
    if (step.end) ends.push(step.end)
    return step.state
  }, idle)
  return { state, ends }
}

test('a box dragged by its inside moves and keeps its size', () => {
  const { state, ends } = play([
    { type: 'press', at: at(15, 15), hold: { what: 'box', box } },
    { type: 'move', at: at(20, 18) },
    { type: 'release', at: at(25, 20) },
  ])
  expect(ends).toEqual([{ did: 'move', box: { x1: 20, y1: 15, x2: 40, y2: 25 } }])
  expect(state).toEqual(idle)
})

test('what is shown while dragging follows the pointer, before anything is kept', () => {
  const { state, ends } = play([
    { type: 'press', at: at(15, 15), hold: { what: 'box', box } },
    { type: 'move', at: at(20, 15) },
  ])
  expect(state).toMatchObject({ is: 'dragging', shown: { x1: 15, y1: 10, x2: 35, y2: 20 } })
  expect(ends).toEqual([])
})

test('a grip moves its own sides only', () => {
  const { ends } = play([
    { type: 'press', at: at(30, 15), hold: { what: 'grip', grip: 'e', box } },
    { type: 'move', at: at(36, 19) },
    { type: 'release', at: at(40, 22) },
  ])
  expect(ends).toEqual([{ did: 'resize', box: { x1: 10, y1: 10, x2: 40, y2: 20 } }])
})

test('a corner pulled over the opposite one turns the box upright', () => {
  const { ends } = play([
    { type: 'press', at: at(30, 20), hold: { what: 'grip', grip: 'se', box } },
    { type: 'move', at: at(0, 0) },
    { type: 'release', at: at(2, 4) },
  ])
  expect(ends).toEqual([{ did: 'resize', box: { x1: 2, y1: 4, x2: 10, y2: 10 } }])
})

test('a drag over nothing draws a box, whichever way it goes', () => {
  const { ends } = play([
    { type: 'press', at: at(50, 40), hold: { what: 'nothing' } },
    { type: 'move', at: at(45, 30) },
    { type: 'release', at: at(40, 20) },
  ])
  expect(ends).toEqual([{ did: 'draw', box: { x1: 40, y1: 20, x2: 50, y2: 40 } }])
})

test('a drawn line without area is a click', () => {
  const { ends } = play([
    { type: 'press', at: at(50, 40), hold: { what: 'nothing' } },
    { type: 'move', at: at(70, 40) },
    { type: 'release', at: at(80, 40) },
  ])
  expect(ends).toEqual([{ did: 'click', at: at(50, 40) }])
})

test('a move within the slop is a click, and nothing is shown', () => {
  const { state, ends } = play([
    { type: 'press', at: at(15, 15), hold: { what: 'box', box } },
    { type: 'move', at: at(16, 16) },
    { type: 'release', at: at(16, 16) },
  ])
  expect(state).toEqual(idle)
  expect(ends).toEqual([{ did: 'click', at: at(15, 15) }])
})

test('once out of the slop a drag may come back to where it began', () => {
  const { ends } = play([
    { type: 'press', at: at(15, 15), hold: { what: 'box', box } },
    { type: 'move', at: at(25, 15) },
    { type: 'move', at: at(15, 15) },
    { type: 'release', at: at(15, 15) },
  ])
  expect(ends).toEqual([{ did: 'move', box }])
})

test('Escape leaves the box where it was', () => {
  const { state, ends } = play([
    { type: 'press', at: at(15, 15), hold: { what: 'box', box } },
    { type: 'move', at: at(40, 40) },
    { type: 'cancel' },
    { type: 'release', at: at(40, 40) },
  ])
  expect(state).toEqual(idle)
  expect(ends).toEqual([])
})

const point = fc.record({ x: fc.integer({ min: -50, max: 50 }), y: fc.integer({ min: -50, max: 50 }) })

test('whatever is dragged, a kept box has its corners in order', () => {
  const hold = fc.oneof(
    fc.constant({ what: 'nothing' as const }),
    fc.constant({ what: 'box' as const, box }),
    fc.constantFrom('nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w').map((grip) => ({ what: 'grip' as const, grip, box })),
  )
  fc.assert(
    fc.property(hold, point, point, point, (hold, a, b, c) => {
      const { ends } = play([
        { type: 'press', at: a, hold: hold as never },
        { type: 'move', at: b },
        { type: 'release', at: c },
      ])
      expect(ends).toHaveLength(1)
      for (const end of ends)
        if (end.did !== 'click') expect(end.box.x1 < end.box.x2 && end.box.y1 < end.box.y2).toBe(true)
    }),
  )
})
