import type { ClassifierConfig } from '@shared/config/classifier'
import type { ClipBatch, ClipSource, ClipTube } from '@main/learning/clip-source'
import { type Random, random } from '@main/learning/random'
import { type ClipShape, cropClip, cropTubes, drawCrop, drawErasure, eraseRegion, flipClip, flipTubes } from './augment'
import { normalisePixels, type PixelScale } from './pixel-scale'

/** Class of a clip from which attributes were erased; null where no such class exists (then nothing is erased). */
export type Relabel = (label: number, erased: readonly number[]) => number | null

export interface Preparation {
  config: ClassifierConfig
  train: ClipSource
  scale: PixelScale
  relabel?: Relabel
}

/**
 * Drawn clips as network input, with random crops, flips and erasing. What happens to a clip depends on the seed, the
 * epoch and its video alone, not on the batch or the part of a batch that it stands in.
 * @param indices videos of the clips
 * @returns values [B, T, H, W, 3], and the classes after erasing
 */
export function prepareClips(
  { pixels, count }: ClipBatch,
  indices: readonly number[],
  epoch: number,
  preparation: Preparation,
): { values: Float32Array; labels: number[] } {
  const values = normalisePixels(pixels, preparation.scale)
  const size = values.length / count
  const labels = indices.map((video, i) => {
    const clip = values.subarray(i * size, (i + 1) * size)
    return augment(clip, { video, epoch }, preparation)
  })
  return { values, labels }
}

/** Changes one clip in place. @returns its class */
function augment(
  clip: Float32Array,
  { video, epoch }: { video: number; epoch: number },
  { config, train, relabel }: Preparation,
): number {
  const { size, frames, seed, crop, flip, erase } = config
  const shape: ClipShape = { frames, height: size, width: size }
  const stream = random(seed, 2, epoch, video)
  const mirrored = flip && stream.chance(0.5)
  const window = crop > 0 ? drawCrop(shape, crop, stream) : null
  if (window) cropClip(clip, shape, window)
  if (mirrored) flipClip(clip, shape)
  const label = train.label(video)
  if (!stream.chance(erase)) return label
  const drawn = train.tubes?.(video, { kind: 'random', seed, epoch }) ?? []
  const cropped = window ? cropTubes(drawn, shape, window) : drawn
  const tubes = mirrored ? flipTubes(cropped, size) : cropped
  return eraseAndRelabel(clip, label, { tubes, shape, stream, relabel })
}

function eraseAndRelabel(
  clip: Float32Array,
  label: number,
  {
    tubes,
    shape,
    stream,
    relabel,
  }: { tubes: readonly ClipTube[]; shape: ClipShape; stream: Random; relabel: Relabel | undefined },
): number {
  const erasure = drawErasure(tubes, shape, stream)
  if (!erasure) return label
  const after = erasure.erased.length === 0 ? label : (relabel?.(label, erasure.erased) ?? null)
  if (after === null) return label
  eraseRegion(clip, erasure.region, shape)
  return after
}
