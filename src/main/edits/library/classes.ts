import { ClassId, VideoId } from '@shared/ids'
import { freeName } from '@main/store/database/free-name'
import { type Edit, defineEdit } from '@main/store/history/edit'
import type { Repositories } from '@main/store/repositories'
import { z } from 'zod'

const ClassRow = z.object({ id: ClassId, name: z.string() })
type ClassRow = z.infer<typeof ClassRow>

/** Makes a class, or gives it another name. */
export const putClass = defineEdit({
  kind: 'class.put',
  change: z.object({ row: ClassRow }),
  label: ({ row }, { classes }) =>
    classes.find(row.id) ? `Rename a class to ${row.name}` : `Make the class ${row.name}`,
  apply(repositories, { row }): Edit {
    const before = repositories.classes.find(row.id)
    repositories.classes.put(underFreeName(repositories, row))
    return before ? putClass.of({ row: before }) : removeClass.of({ id: row.id })
  },
})

/** Deletes a class; its videos have none then, and keep their labels. */
export const removeClass = defineEdit({
  kind: 'class.remove',
  change: z.object({ id: ClassId }),
  label: ({ id }, { classes }) => `Delete the class ${classes.get(id).name}`,
  apply({ classes, videos }, { id }): Edit {
    const row = classes.get(id)
    const members = videos.idsOfClass(id)
    videos.set(members, { class: null })
    classes.remove(id)
    return restoreClass.of({ row, videos: members })
  },
})

/** Puts a deleted class back and gives it to its videos again, unless they have another by now. */
export const restoreClass = defineEdit({
  kind: 'class.restore',
  change: z.object({ row: ClassRow, videos: z.array(VideoId) }),
  label: ({ row }) => `Put back the class ${row.name}`,
  apply(repositories, { row, videos: members }): Edit {
    const { classes, videos } = repositories
    classes.put(underFreeName(repositories, row))
    const free = videos.ofIds(members).filter((video) => video.class === null)
    videos.set(
      free.map(({ id }) => id),
      { class: row.id },
    )
    return removeClass.of({ id: row.id })
  },
})

/** An import may have made a class of this name meanwhile; undo must not fail for it. */
function underFreeName({ classes }: Repositories, row: ClassRow): ClassRow {
  const isTaken = (name: string) => (classes.byName(name)?.id ?? row.id) !== row.id
  return { ...row, name: freeName(row.name, isTaken) }
}
