import type { AnnotationService } from '@main/annotation/annotation-service'
import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

/** Answered when it is on disk, in one commit with what others do meanwhile. */
type Saved = <T>(edit: (service: AnnotationService) => T) => Promise<T>

export function annotationApi(studio: Studio) {
  const { annotation } = contractOf
  const annotations = () => studio.workspace().annotation
  const saved: Saved = (edit) => {
    const { project, annotation: service } = studio.workspace()
    return project.write(() => edit(service))
  }
  return {
    get: annotation.get.handler(({ input, context }) => annotations().get(context.actor, input.video, input.of)),
    setLabel: annotation.setLabel.handler(({ input, context }) =>
      saved((service) => service.setLabel(context.actor, input)),
    ),
    setLabels: annotation.setLabels.handler(({ input, context }) =>
      saved((service) => service.setLabels(context.actor, input)),
    ),
    createTrack: annotation.createTrack.handler(({ input, context }) =>
      saved((service) => service.createTrack(context.actor, input)),
    ),
    setKeyframe: annotation.setKeyframe.handler(({ input, context }) =>
      saved((service) => service.setKeyframe(context.actor, input)),
    ),
    moveKeyframe: annotation.moveKeyframe.handler(({ input, context }) =>
      saved((service) => service.moveKeyframe(context.actor, input)),
    ),
    removeTrack: annotation.removeTrack.handler(({ input, context }) =>
      saved((service) => service.removeTrack(context.actor, input)),
    ),
    cutTrack: annotation.cutTrack.handler(({ input, context }) =>
      saved((service) => service.cutTrack(context.actor, input)),
    ),
    splitTrack: annotation.splitTrack.handler(({ input, context }) =>
      saved((service) => service.splitTrack(context.actor, input)),
    ),
    mergeTracks: annotation.mergeTracks.handler(({ input, context }) =>
      saved((service) => service.mergeTracks(context.actor, input)),
    ),
    setTrackAttribute: annotation.setTrackAttribute.handler(({ input, context }) =>
      saved((service) => service.setTrackAttribute(context.actor, input)),
    ),
    propagate: annotation.propagate.handler(({ input, context, signal }) =>
      studio.workspace().follow.propagate(context.actor, input, signal),
    ),
    confirmBoxes: annotation.confirmBoxes.handler(({ input, context }) =>
      saved((service) => service.confirmBoxes(context.actor, input)),
    ),
    rejectBoxes: annotation.rejectBoxes.handler(({ input, context }) =>
      saved((service) => service.rejectBoxes(context.actor, input)),
    ),
    ...spansApi(saved),
    undo: annotation.undo.handler(({ input, context }) => saved((service) => service.undo(context.actor, input.video))),
    history: annotation.history.handler(({ input, context }) =>
      studio.workspace().annotation.history(context.actor, input.video),
    ),
    undoTo: annotation.undoTo.handler(({ input, context }) => saved((service) => service.undoTo(context.actor, input))),
    redo: annotation.redo.handler(({ input, context }) => saved((service) => service.redo(context.actor, input.video))),
  }
}

function spansApi(saved: Saved) {
  const { annotation } = contractOf
  return {
    addSpan: annotation.addSpan.handler(({ input, context }) =>
      saved((service) => service.addSpan(context.actor, input)),
    ),
    setSpan: annotation.setSpan.handler(({ input, context }) =>
      saved((service) => service.setSpan(context.actor, input)),
    ),
    removeSpan: annotation.removeSpan.handler(({ input, context }) =>
      saved((service) => service.removeSpan(context.actor, input)),
    ),
  }
}
