import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

export function filmsApi(studio: Studio) {
  const { films } = contractOf
  return {
    tube: films.tube.handler(({ input, signal }) => studio.workspace().films.make(input, signal)),
    outcomes: films.outcomes.handler(({ input, signal }) => studio.workspace().outcomeFiles.make(input, signal)),
  }
}
