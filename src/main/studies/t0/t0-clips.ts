import { SampleConfig } from '@shared/config/sample'
import type { Box } from '@shared/geometry/box'
import { type SampleSplit, type Scene, sceneOf } from '@main/sample/scene'
import { vocabulary } from '@main/sample/vocabulary'

/** The grid of T0: 8 frames of 8 x 8 cells of 4 x 4 pixels. */
export const t0Frames = 8
export const gridSide = 8
export const cellPixels = 4
export const removableCount = 4

/** The colour of each thing, a corner of the colour cube around grey; removable things first. */
export const codes: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [1, -1, -1],
  [-1, 1, -1],
  [-1, -1, 1],
  [-1, -1, -1],
  [-1, 1, 1],
  [1, -1, 1],
  [1, 1, -1],
]

/** One clip of T0 with its right answers. */
export interface T0Clip {
  label: number
  assigned: readonly number[]
  /** [T, H, W, 3] RGB */
  pixels: Uint8Array
  /** Boxes per attribute and frame, in pixels. */
  truth: ReadonlyMap<number, readonly (readonly Box[])[]>
}

export function t0Config(seed: number): SampleConfig {
  return SampleConfig.parse({
    removable: removableCount,
    size: gridSide * cellPixels,
    frames: t0Frames,
    cell: cellPixels,
    seed,
  })
}

export function t0Attributes(): number {
  return vocabulary(t0Config(0)).length
}

/** Clip `index` of a split: a scene of ShapeActs, painted flat. Same seed, split and index, same bytes. */
export function t0Clip(seed: number, split: SampleSplit, index: number): T0Clip {
  return clipOf(sceneOf(t0Config(seed), split, index))
}

export function clipOf(scene: Scene): T0Clip {
  const shown = scene.actors.flatMap(({ attribute, boxes }) => (attribute === null ? [] : [{ attribute, boxes }]))
  const side = gridSide * cellPixels
  const pixels = new Uint8Array(t0Frames * side * side * 3).fill(128)
  for (const { attribute, boxes } of shown) {
    const colour = (codes[attribute] ?? []).map((value) => (value > 0 ? 255 : 0))
    boxes.forEach((box, t) => {
      if (box) paint(pixels, box, { frame: t, side, colour })
    })
  }
  return {
    label: scene.label,
    assigned: shown.map(({ attribute }) => attribute),
    pixels,
    truth: new Map(shown.map(({ attribute, boxes }) => [attribute, boxes.map((box) => (box ? [box] : []))])),
  }
}

function paint(
  pixels: Uint8Array,
  { x1, y1, x2, y2 }: Box,
  { frame, side, colour }: { frame: number; side: number; colour: readonly number[] },
): void {
  for (let y = Math.round(y1); y < Math.min(side, Math.round(y2)); y++) {
    for (let x = Math.round(x1); x < Math.min(side, Math.round(x2)); x++)
      pixels.set(colour, ((frame * side + y) * side + x) * 3)
  }
}
