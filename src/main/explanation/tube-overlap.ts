import { area, intersect } from '@shared/geometry/box'
import { type Region, regionVolume } from './region'

/** Two tubes that overlap this much are said to agree. */
export const agreeing = 0.25

/** Overlap of two tubes of one clip: what both cover over what either does, 0 where both are empty. */
export function tubeOverlap(one: Region, other: Region): number {
  const both = one.reduce((sum, box, t) => {
    const second = other[t]
    return sum + (box && second ? area(intersect(box, second)) : 0)
  }, 0)
  const either = regionVolume(one) + regionVolume(other) - both
  return either > 0 ? both / either : 0
}
