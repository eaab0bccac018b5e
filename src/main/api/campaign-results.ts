import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

/** What campaigns come to. */
export function campaignResultsApi(studio: Studio) {
  const { campaigns } = contractOf
  const own = () => studio.workspace().campaigns
  return {
    quality: campaigns.quality.handler(({ input, context: { actor } }) => own().results.quality(actor, input.id)),
    disagreements: campaigns.disagreements.handler(({ input, context: { actor } }) =>
      own().results.disagreements(actor, input.id, input.decided),
    ),
    sideBySide: campaigns.sideBySide.handler(({ input, context: { actor } }) =>
      own().results.sideBySide(actor, input.item),
    ),
    decide: campaigns.decide.handler(({ input, context: { actor } }) => own().results.decide(actor, input)),
    decideBoxes: campaigns.decideBoxes.handler(({ input, context: { actor } }) =>
      own().results.decideBoxes(actor, input),
    ),
    undoDecision: campaigns.undoDecision.handler(({ input, context: { actor } }) =>
      own().results.undo(actor, input.id),
    ),
    redoDecision: campaigns.redoDecision.handler(({ input, context: { actor } }) =>
      own().results.redo(actor, input.id),
    ),
    layer: campaigns.layer.handler(({ input, context: { actor } }) =>
      own().layers.ofVideo(actor, input.id, input.video),
    ),
    consolidate: campaigns.consolidate.handler(({ input, context: { actor } }) =>
      own().service.consolidate(actor, input.id, input.rule),
    ),
    undoConsolidation: campaigns.undoConsolidation.handler(({ input, context: { actor } }) =>
      own().service.undoConsolidation(actor, input.id),
    ),
    statistics: campaigns.statistics.handler(({ input, context: { actor } }) =>
      own().results.statistics(actor, input.id),
    ),
    export: campaigns.export.handler(({ input, context: { actor } }) =>
      own().results.export(actor, input.id, input.path),
    ),
  }
}
