import type { EditKind } from '@main/store/history/edit'
import { putAttribute, removeAttribute, restoreAttribute } from './attributes'
import { putClass, removeClass, restoreClass } from './classes'
import { setGuidelines } from './guidelines'
import { removeVideos, restoreVideos, setClass, setGroup, setLabels, setSplit } from './videos'

/** Every kind of edit of the library. */
export const libraryEdits: readonly EditKind[] = [
  putClass,
  removeClass,
  restoreClass,
  putAttribute,
  removeAttribute,
  restoreAttribute,
  setClass,
  setSplit,
  setGroup,
  setLabels,
  removeVideos,
  restoreVideos,
  setGuidelines,
]
