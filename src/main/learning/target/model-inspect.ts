import type { ModelFacts } from '@shared/contract/learning'
import { chosenOutput, outputCount, outputKind } from './model-import'
import { openNetwork } from './model-network'
import { unfit } from './network'

type Layer = ModelFacts['layers'][number]

/** Smallest grid that is proposed: fewer cells hardly say where. */
const smallestGrid = 4

export interface InspectOptions {
  path: string
  classOutput?: string
  frames?: number
  size?: number
}

/**
 * What somebody else's model is: its input, its outputs, and which of its layers can be feature maps.
 * @throws Failure MODEL_UNFIT
 */
export async function inspectModel({ path, classOutput, ...open }: InspectOptions): Promise<ModelFacts> {
  const network = await openNetwork(path, open)
  try {
    const { format, input, axes, notes } = network
    if (input.width !== input.height)
      throw unfit(path, `It sees pictures of ${input.width} x ${input.height}; clips are cut square.`)
    const { name } = await chosenOutput(network, path, classOutput)
    const classes = await outputCount(network, path, name)
    const output = await outputKind(network, name)
    const shapes = await network.shapes()
    const layers = network.layers.map((layer, i): Layer => {
      const own = shapes[i] ?? []
      const [frames = 0, rows = 0, cols = 0] = own
      const keepsTime = frames <= input.frames && (frames >= 2 || frames === input.frames)
      const isMap = layer.kind !== 'InputLayer' && own.length === 4 && keepsTime && rows > 1 && cols > 1
      return { ...layer, output: own, isMap }
    })
    const about = { path, format, ...input, axes, classes, output, classOutput: name }
    const outputs = network.outputs.map((one) => one.name)
    return {
      ...about,
      outputs,
      ...{ names: notes.classes?.length === classes ? [...notes.classes] : null, scale: scaleOf(notes.scale) },
      layers,
      proposed: proposedTaps(layers),
    }
  } finally {
    network.dispose()
  }
}

function scaleOf(scale: { mean: readonly number[]; deviation: readonly number[] } | null): ModelFacts['scale'] {
  return scale && { mean: [...scale.mean], deviation: [...scale.deviation] }
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
