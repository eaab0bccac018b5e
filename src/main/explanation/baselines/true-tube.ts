import type { Baseline } from './baseline'

/** The oracle: the boxes of a right attribute. None where the data does not know the right answer or has no boxes. */
export const trueTube: Baseline = ({ right, truth }) => {
  const attribute = right.find((s) => truth.has(s))
  const boxes = attribute === undefined ? undefined : truth.get(attribute)
  if (attribute === undefined || !boxes) return null
  return { attribute, region: boxes.map(([first]) => first ?? null) }
}
