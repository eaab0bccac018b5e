import type { ClassifierConfig } from '@shared/config/classifier'
import type { LayerSummary, ModelSummary } from '@shared/contract/learning'
import { layerList, multiplyAdds, tapGeometry, tapNames } from './layer-list'
import type { TapGeometry } from './target-classifier'

/** Layers, sizes, and what each cell of the taps sees, from the settings alone: no tensor is made. */
export function summarise(config: ClassifierConfig, classes: number): ModelSummary {
  const layers = layerList(config)
  const rows = [...convolutionRows(config), ...connectedRows(config, classes)]
  const taps = tapNames(config).map((name) => tapGeometry(layers, name, config.size))
  return {
    layers: rows,
    parameters: rows.reduce((sum, row) => sum + row.parameters, 0),
    multiplyAdds: multiplyAdds(layers, config),
    taps,
    warnings: taps.flatMap((tap) => tapWarnings(tap, config.size)),
  }
}

function convolutionRows(config: ClassifierConfig): LayerSummary[] {
  const { size, frames } = config
  let side = size
  let channels = 3
  return layerList(config).map((layer) => {
    if (layer.kind === 'pool') side = Math.floor(side / layer.size)
    else channels = layer.out
    // Kernel and batch norm's two parameters per channel.
    const parameters = layer.kind === 'conv' ? 27 * layer.in * layer.out + 2 * layer.out : 0
    return { name: layer.name, output: [frames, side, side, channels], parameters }
  })
}

function connectedRows(config: ClassifierConfig, classes: number): LayerSummary[] {
  const { frames, fcLayers, fcWidth, head } = config
  const last = tapGeometry(layerList(config), 'block4.conv2', config.size)
  let inputs = head === 'mean' ? last.channels : last.channels * last.rows * last.cols * frames
  const sizes = [...Array.from({ length: fcLayers - 1 }, () => fcWidth), classes]
  return sizes.map((outputs, i) => {
    const row = { name: `fc${i + 1}`, output: [outputs], parameters: (inputs + 1) * outputs }
    inputs = outputs
    return row
  })
}

/** What may spoil explanations from a map: cells that see too little, or too few of them. `size` is the clip's side, px. */
export function tapWarnings({ name, receptiveField, rows }: TapGeometry, size: number): string[] {
  const { space } = receptiveField
  const narrow = `A cell of ${name} sees ${space} of ${size} pixels. Below half the picture it may not know the class it is part of: pool more, or use a smaller picture.`
  const coarse = `${name} has ${rows} x ${rows} cells: too few to say where. Pool less, or use a larger picture.`
  return [...(space < size / 2 ? [narrow] : []), ...(rows < 4 ? [coarse] : [])]
}
