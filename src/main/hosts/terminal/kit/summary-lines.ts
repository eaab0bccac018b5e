import type { ModelSummary } from '@shared/contract/learning'
import type { TapGeometry } from '@shared/tap-geometry'
import { aligned } from './table'

/** A network as lines: its layers, its size, and what the cells of each feature map see. */
export function summaryLines(
  { layers, parameters, multiplyAdds, taps }: ModelSummary,
  clip: { size: number; frames: number },
): string[] {
  const rows = layers.map(({ name, output, parameters: own }) => [name, output.join(' x '), own ? String(own) : ''])
  return [
    ...aligned([['layer', 'output', 'parameters'], ...rows]),
    `${parameters} parameters; ${(multiplyAdds / 1e9).toPrecision(3)} G multiply-adds per clip`,
    ...taps.map((tap) => tapLine(tap, clip)),
  ]
}

/** "block4.conv2: 14 x 14 cells of 8 px; a cell sees 98 of 112 px and 19 of 16 frames" */
export function tapLine(
  { name, rows, cols, strideX, receptiveField, time: frameStride }: TapGeometry,
  { size, frames }: { size: number; frames: number },
): string {
  const sees = (much: number, of: number, unit: string) =>
    much >= of ? `all ${of} ${unit}` : `${much} of ${of} ${unit}`
  const { space, time } = receptiveField
  const stride = Number(strideX.toPrecision(3))
  const each = frameStride ? `, one for ${Number(frameStride.stride.toPrecision(3))} frames` : ''
  return `${name}: ${rows} x ${cols} cells of ${stride} px${each}; a cell sees ${sees(space, size, 'px')} and ${sees(time, frames, 'frames')}`
}
