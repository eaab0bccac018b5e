import type { EvaluationConfig } from '@shared/config/evaluation'
import type { Box } from '@shared/geometry/box'
import { framewiseIou, keyframeIou, type Truth, type Tube, volumeIou } from '@shared/geometry/tube'
import type { Region } from '@main/explanation/region'

/** True boxes of each attribute per sampled frame, in clip pixels. */
export type ClipTruth = ReadonlyMap<number, readonly (readonly Box[])[]>

/** IoU of a tube with the boxes of every attribute that has boxes. */
export function overlaps(region: Region, truth: ClipTruth, kind: EvaluationConfig['iou']): Map<number, number> {
  const tube: Tube = region.flatMap((box, frame) => (box ? [{ frame, box }] : []))
  const frames = region.map((_, frame) => frame)
  return new Map(
    [...truth].map(([attribute, boxes]) => {
      const there: Truth = new Map(boxes.flatMap((list, frame) => (list.length ? [[frame, list] as const] : [])))
      if (kind === 'keyframe') return [attribute, keyframeIou(tube, there)]
      return [attribute, kind === 'framewise' ? framewiseIou(tube, there, frames) : volumeIou(tube, there, frames)]
    }),
  )
}

/**
 * Rank of an attribute among all by its IoU with the tube, from 1; null when its IoU is 0, which is never a hit, or it
 * has no boxes. Ties are pessimistic.
 */
export function conceptRank(attribute: number, ious: ReadonlyMap<number, number>): number | null {
  const own = ious.get(attribute) ?? 0
  if (own <= 0) return null
  return [...ious.values()].filter((iou) => iou >= own).length
}

/** The attribute whose boxes the tube covers most; null where it covers none. */
export function mostCovered(ious: ReadonlyMap<number, number>): number | null {
  const [best] = [...ious].sort((a, b) => b[1] - a[1])
  return best && best[1] > 0 ? best[0] : null
}
