import { classAttributes } from '@shared/class-attributes'

/** A video with its class, null where the model does not know it, and its attributes. */
interface LabelledRow {
  label: number | null
  assigned: number[]
}

/**
 * What a clip becomes when attributes are erased from it: the class whose attributes are those that are left. Classes
 * are known by the attributes that (nearly) all their videos have; null where no class, or more than one, is left.
 */
export function relabelBySets(classes: number, rows: readonly LabelledRow[]) {
  const videos = rows.flatMap(({ label, assigned }) => (label === null ? [] : [{ label, assigned }]))
  const sets = classAttributes(classes, videos)
  const keys = sets.map(keyOf)
  return (label: number, erased: readonly number[]): number | null => {
    const own = sets[label] ?? new Set<number>()
    const left = new Set([...own].filter((attribute) => !erased.includes(attribute)))
    // Nothing that makes the class was erased.
    if (left.size === own.size) return label
    const found = keys.flatMap((key, c) => (key === keyOf(left) ? [c] : []))
    const [only, other] = found
    return only !== undefined && other === undefined ? only : null
  }
}

function keyOf(set: ReadonlySet<number>): string {
  return [...set].sort((a, b) => a - b).join(',')
}
