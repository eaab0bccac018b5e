import type { Baseline } from './baseline'
import { regionVolume, type Region } from '@main/explanation/region'

/** The paper's baseline for Olympic Sports: a square in the middle of every frame, of the tube's volume; random attribute. */
export const centreCrop: Baseline = ({ model, evidence, size, guess }) => {
  const { frames, width, height } = size
  const { strideX, strideY } = model.geometry(evidence.map.tap)
  const { stride } = model.time(evidence.map.tap)
  const volume = evidence.tube.cells.length * stride * strideX * strideY * 9
  const side = Math.min(width, height, Math.sqrt(volume / frames))
  const box = { x1: (width - side) / 2, y1: (height - side) / 2, x2: (width + side) / 2, y2: (height + side) / 2 }
  const region: Region = Array.from({ length: frames }, () => box)
  return regionVolume(region) > 0 ? { attribute: guess(), region } : null
}
