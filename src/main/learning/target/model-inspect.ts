import type { ModelFacts } from '@shared/contract/learning'
import { outputCount, outputKind } from './model-import'
import { openNetwork, unfit } from './model-network'

type Layer = ModelFacts['layers'][number]

/** Smallest grid that is proposed: fewer cells hardly say where. */
const smallestGrid = 4

/**
 * What somebody else's model is: its input, its outputs, and which of its layers can be feature maps.
 * @throws Failure MODEL_UNFIT
 */
export async function inspectModel(file: string): Promise<ModelFacts> {
  const network = await openNetwork(file)
  try {
    const shapes = network.shapes()
    const layers = network.layers.map((layer, i): Layer => {
      const output = shapes[i] ?? []
      const isMap = layer.kind !== 'InputLayer' && output.length === 4 && output[0] === network.input.frames
      return { ...layer, output, isMap }
    })
    const { format, input } = network
    if (input.width !== input.height)
      throw unfit(file, `It sees pictures of ${input.width} x ${input.height}; clips are cut square.`)
    const about = { path: file, format, ...input, classes: outputCount(network, file), output: outputKind(network) }
    return { ...about, layers, proposed: proposedTaps(layers) }
  } finally {
    network.dispose()
  }
}

/**
 * The last map and the one that goes into the convolution it comes from: "the last and the second-to-last convolution"
 * (Kanehira et al. 2019, section 4.2), both of one resolution.
 */
function proposedTaps(layers: readonly Layer[]): string[] {
  const maps = layers.filter(({ isMap }) => isMap)
  const last = maps.findLast(({ output }) => Math.min(output[1] ?? 0, output[2] ?? 0) >= smallestGrid) ?? maps.at(-1)
  if (!last) return []
  const convolution = maps.findLastIndex((layer, i) => i <= maps.indexOf(last) && /conv/i.test(layer.kind))
  const before = maps.slice(0, Math.max(0, convolution)).at(-1)
  const isSameGrid = before && String(before.output.slice(0, 3)) === String(last.output.slice(0, 3))
  return isSameGrid ? [last.name, before.name] : [last.name]
}
