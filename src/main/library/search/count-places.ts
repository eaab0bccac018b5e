import type { AttributeId } from '@shared/ids'

/** Adds one to the count of each of these attributes, at its place; those outside the vocabulary count nowhere. */
export function countPlaces(
  ids: readonly AttributeId[],
  place: ReadonlyMap<AttributeId, number>,
  counts: Uint32Array,
): void {
  for (const id of ids) {
    const at = place.get(id)
    if (at !== undefined) counts[at] = (counts[at] ?? 0) + 1
  }
}
