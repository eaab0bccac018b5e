import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

export function interchangeApi(studio: Studio) {
  const { interchange } = contractOf
  const own = () => studio.workspace().interchange
  return {
    formats: interchange.formats.handler(() => own().formats()),
    voices: interchange.voices.handler(() => own().voices()),
    preview: interchange.preview.handler(({ input, signal }) => own().preview(input, signal)),
    import: interchange.import.handler(({ input, context }) => own().import(context.actor, input)),
    undo: interchange.undo.handler(({ input, context }) => own().undo(context.actor, input.step)),
    lastStep: interchange.lastStep.handler(({ context }) => ({ step: own().lastStep(context.actor) })),
    export: interchange.export.handler(({ input }) => own().export(input)),
  }
}
