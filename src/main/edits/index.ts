import { annotationEdits } from './annotation'
import { campaignEdits } from './campaigns'
import { libraryEdits } from './library'
import type { EditKind } from '@main/store/history/edit'

/** Every kind of edit there is. */
export const editKinds: readonly EditKind[] = [...annotationEdits, ...libraryEdits, ...campaignEdits]
