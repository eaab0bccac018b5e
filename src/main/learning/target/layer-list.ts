import type { ClassifierConfig } from '@shared/config/classifier'
import type { TapGeometry } from './target-classifier'

export interface ConvLayer {
  kind: 'conv'
  name: string
  in: number
  out: number
}

export interface PoolLayer {
  kind: 'pool'
  name: string
  size: number
}

export type Layer = ConvLayer | PoolLayer

const stages = ['stem', 'block1', 'block2', 'block3', 'block4'] as const

/**
 * The layers of C3D-ResNet in order: a stem convolution and four residual blocks of two, all 3x3x3 with stride 1, and
 * 2x2 pooling in space after the stages that ask for it (Kanehira et al. 2019, section 4.2).
 */
export function layerList({
  stem,
  widths,
  poolAfter,
}: Pick<ClassifierConfig, 'stem' | 'widths' | 'poolAfter'>): Layer[] {
  const outputs = [stem, ...widths]
  return stages.flatMap((stage, i): Layer[] => {
    const before = outputs[i - 1] ?? 3
    const out = outputs[i] ?? stem
    const convs: Layer[] =
      stage === 'stem'
        ? [{ kind: 'conv', name: 'stem', in: 3, out }]
        : [
            { kind: 'conv', name: `${stage}.conv1`, in: before, out },
            { kind: 'conv', name: `${stage}.conv2`, in: out, out },
          ]
    const pooled = stage !== 'block4' && poolAfter.includes(stage)
    return pooled ? [...convs, { kind: 'pool', name: `${stage}.pool`, size: 2 }] : convs
  })
}

interface Reach {
  stride: number
  /** Centre of cell 0 in input pixels, less half a stride. */
  offset: number
  space: number
  time: number
  side: number
}

/** The convolutions whose maps the explanation model reads, the last one first. */
export function tapNames({ taps }: Pick<ClassifierConfig, 'taps'>): string[] {
  return ['block4.conv2', 'block4.conv1', 'block3.conv2', 'block3.conv1'].slice(0, taps)
}

/**
 * Where the cells of a layer's output lie in the input, from the layer list alone: a 'same' 3x3 convolution of stride 1
 * keeps every centre; pooling joins two cells and so keeps (j + .5) * stride exact.
 * @param side input pixels
 */
export function tapGeometry(layers: readonly Layer[], name: string, side: number): TapGeometry {
  let reach: Reach = { stride: 1, offset: 0, space: 1, time: 1, side }
  for (const layer of layers) {
    reach = after(reach, layer)
    if (layer.name !== name) continue
    if (layer.kind !== 'conv') break
    const { stride, offset, space, time } = reach
    return {
      name,
      rows: reach.side,
      cols: reach.side,
      channels: layer.out,
      strideX: stride,
      strideY: stride,
      offsetX: offset,
      offsetY: offset,
      receptiveField: { space, time },
    }
  }
  throw new Error(`There is no convolution called ${name}`)
}

function after(reach: Reach, layer: Layer): Reach {
  if (layer.kind === 'conv') return { ...reach, space: reach.space + 2 * reach.stride, time: reach.time + 2 }
  return {
    ...reach,
    stride: reach.stride * layer.size,
    space: reach.space + (layer.size - 1) * reach.stride,
    side: Math.floor(reach.side / layer.size),
  }
}

/** Multiply-adds of one clip's forward pass. */
export function multiplyAdds(layers: readonly Layer[], { size, frames }: { size: number; frames: number }): number {
  let side = size
  let total = 0
  for (const layer of layers) {
    if (layer.kind === 'pool') side = Math.floor(side / layer.size)
    else total += 27 * layer.in * layer.out * side * side * frames
  }
  return total
}

/** Values that all convolutions of one clip put out. */
function activations(layers: readonly Layer[], { size, frames }: { size: number; frames: number }): number {
  let side = size
  let total = 0
  for (const layer of layers) {
    if (layer.kind === 'pool') side = Math.floor(side / layer.size)
    else total += layer.out * side * side * frames
  }
  return total
}

/**
 * Bytes that one clip takes while a step is computed, from measured growth per clip: 21 per activation with the native
 * engine's fused units, three times as much without them.
 */
export function trainingBytes(
  layers: readonly Layer[],
  shape: { size: number; frames: number },
  { fused }: { fused: boolean },
): number {
  return activations(layers, shape) * (fused ? 24 : 64)
}
