import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

export function annotationApi(studio: Studio) {
  const { annotation } = contractOf
  const annotations = () => studio.workspace().annotation
  return {
    get: annotation.get.handler(({ input }) => annotations().get(input.video)),
    setLabel: annotation.setLabel.handler(({ input }) => annotations().setLabel(input)),
    createTrack: annotation.createTrack.handler(({ input }) => annotations().createTrack(input)),
    setKeyframe: annotation.setKeyframe.handler(({ input }) => annotations().setKeyframe(input)),
    removeTrack: annotation.removeTrack.handler(({ input }) => annotations().removeTrack(input)),
    cutTrack: annotation.cutTrack.handler(({ input }) => annotations().cutTrack(input)),
    splitTrack: annotation.splitTrack.handler(({ input }) => annotations().splitTrack(input)),
    mergeTracks: annotation.mergeTracks.handler(({ input }) => annotations().mergeTracks(input)),
    setTrackAttribute: annotation.setTrackAttribute.handler(({ input }) => annotations().setTrackAttribute(input)),
    undo: annotation.undo.handler(({ input }) => annotations().undo(input.video)),
    redo: annotation.redo.handler(({ input }) => annotations().redo(input.video)),
  }
}
