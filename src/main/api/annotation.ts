import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

export function annotationApi(studio: Studio) {
  const { annotation } = contractOf
  const annotations = () => studio.workspace().annotation
  return {
    get: annotation.get.handler(({ input, context }) => annotations().get(context.actor, input.video, input.of)),
    setLabel: annotation.setLabel.handler(({ input, context }) => annotations().setLabel(context.actor, input)),
    createTrack: annotation.createTrack.handler(({ input, context }) =>
      annotations().createTrack(context.actor, input),
    ),
    setKeyframe: annotation.setKeyframe.handler(({ input, context }) =>
      annotations().setKeyframe(context.actor, input),
    ),
    moveKeyframe: annotation.moveKeyframe.handler(({ input, context }) =>
      annotations().moveKeyframe(context.actor, input),
    ),
    removeTrack: annotation.removeTrack.handler(({ input, context }) =>
      annotations().removeTrack(context.actor, input),
    ),
    cutTrack: annotation.cutTrack.handler(({ input, context }) => annotations().cutTrack(context.actor, input)),
    splitTrack: annotation.splitTrack.handler(({ input, context }) => annotations().splitTrack(context.actor, input)),
    mergeTracks: annotation.mergeTracks.handler(({ input, context }) =>
      annotations().mergeTracks(context.actor, input),
    ),
    setTrackAttribute: annotation.setTrackAttribute.handler(({ input, context }) =>
      annotations().setTrackAttribute(context.actor, input),
    ),
    undo: annotation.undo.handler(({ input, context }) => annotations().undo(context.actor, input.video)),
    redo: annotation.redo.handler(({ input, context }) => annotations().redo(context.actor, input.video)),
  }
}
