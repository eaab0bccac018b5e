import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

export function crowdsApi(studio: Studio) {
  const { crowds } = contractOf
  const own = () => studio.workspace().campaigns.crowd
  return {
    write: crowds.write.handler(({ input, context: { actor } }) => own().write(actor, input)),
    import: crowds.import.handler(({ input, context: { actor } }) => own().import(actor, input)),
    decide: crowds.decide.handler(({ input, context: { actor } }) => own().decide(actor, input)),
  }
}
