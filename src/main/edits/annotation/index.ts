import type { EditKind } from '@main/store/history/edit'
import { addSpan } from './add-span'
import { confirmBoxes } from './confirm-boxes'
import { createTrack } from './create-track'
import { cutTrack } from './cut-track'
import { mergeTracks } from './merge-tracks'
import { moveKeyframe } from './move-keyframe'
import { proposeBoxes } from './propose-boxes'
import { putTracks, takeTracks } from './put-tracks'
import { rejectBoxes } from './reject-boxes'
import { removeSpan } from './remove-span'
import { removeTrack } from './remove-track'
import { replaceSpans } from './replace-spans'
import { replaceTracks } from './replace-tracks'
import { setKeyframe } from './set-keyframe'
import { setLabel } from './set-label'
import { setSpan } from './set-span'
import { setTrackAttribute } from './set-track-attribute'
import { splitTrack } from './split-track'

/** Every kind of edit of a video's annotation. */
export const annotationEdits: readonly EditKind[] = [
  setLabel,
  createTrack,
  setKeyframe,
  moveKeyframe,
  removeTrack,
  cutTrack,
  splitTrack,
  mergeTracks,
  setTrackAttribute,
  replaceTracks,
  putTracks,
  takeTracks,
  proposeBoxes,
  confirmBoxes,
  rejectBoxes,
  addSpan,
  setSpan,
  removeSpan,
  replaceSpans,
]
