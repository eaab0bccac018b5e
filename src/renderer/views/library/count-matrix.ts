import type { AttributeInfo, ClassInfo, Statistics } from '@shared/contract/library'
import type { AttributeId, ClassId } from '@shared/ids'

export interface MatrixRow {
  id: ClassId
  name: string
  /** `heat` 0 to 2: none, fewer than half of the class's videos, half or more. */
  cells: { attribute: AttributeId; videos: number; heat: 0 | 1 | 2 }[]
}

/** Videos of each class with each attribute, in the vocabulary's order; `videos`: how many each class has. */
export function countMatrix(
  counts: Statistics['classByAttribute'],
  classes: readonly Pick<ClassInfo, 'id' | 'name'>[],
  {
    attributes,
    videos: videosOf,
  }: { attributes: readonly Pick<AttributeInfo, 'id'>[]; videos: ReadonlyMap<ClassId, number> },
): MatrixRow[] {
  const found = new Map(counts.map((count) => [`${count.class}\n${count.attribute}`, count.videos]))
  return classes.map(({ id, name }) => ({
    id,
    name,
    cells: attributes.map((attribute) => {
      const videos = found.get(`${id}\n${attribute.id}`) ?? 0
      return { attribute: attribute.id, videos, heat: videos === 0 ? 0 : 2 * videos < (videosOf.get(id) ?? 0) ? 1 : 2 }
    }),
  }))
}
