import { annotationEdits } from '@main/annotation/edits'
import { libraryEdits } from '@main/library/edits'
import type { EditKind } from '@main/store/history'

/** Every kind of edit there is. */
export const editKinds: readonly EditKind[] = [...annotationEdits, ...libraryEdits]
