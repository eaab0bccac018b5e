import { expect, test } from 'vitest'
import { VideoId } from '@shared/ids'
import type { ClipRow } from '@main/runs/clip-rows'
import { relabelBySets } from '@main/evaluation/relabel-by-sets'

const row = (label: number, assigned: number[]): ClipRow => ({
  id: VideoId.parse('v'),
  name: 'v',
  label,
  assigned,
  unsure: [],
  sources: {},
  group: null,
  tracks: [],
  actors: [],
  video: { path: '', frames: 1, width: 1, height: 1, fps: 1, source: { width: 1, height: 1 } },
})
const [pole, ball, lamp] = [0, 1, 2]
// Classes: nothing, pole, ball, pole + ball; a lamp stands in some of the clips.
const rows = [
  ...[row(0, []), row(0, [lamp])],
  ...[row(1, [pole]), row(1, [pole, lamp])],
  ...[row(2, [ball]), row(2, [ball])],
  ...[row(3, [pole, ball]), row(3, [pole, ball, lamp])],
]

test('a clip becomes the class of what is left of it', () => {
  const relabel = relabelBySets(4, rows)
  expect(relabel(3, [ball])).toBe(1)
  expect(relabel(3, [pole, ball])).toBe(0)
  expect(relabel(1, [pole, lamp])).toBe(0)
})

test('erasing what does not make the class leaves the class', () => {
  expect(relabelBySets(4, rows)(3, [lamp])).toBe(3)
})

test('where no class, or more than one, is left, nothing is known', () => {
  const relabel = relabelBySets(3, [row(0, [pole, ball]), row(1, [lamp]), row(2, [lamp])])
  expect(relabel(0, [ball])).toBeNull()
  expect(relabelBySets(3, [row(0, [pole, ball]), row(1, [pole]), row(2, [pole])])(0, [ball])).toBeNull()
})
