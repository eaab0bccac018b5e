import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

export function sweepsApi(studio: Studio) {
  const { sweeps } = contractOf
  const of = () => studio.workspace().sweeps
  return {
    list: sweeps.list.handler(() => of().list()),
    start: sweeps.start.handler(({ input }) => of().start(input)),
    stop: sweeps.stop.handler(({ input }) => of().stop(input.id)),
    pause: sweeps.pause.handler(({ input }) => of().pause(input.id)),
    resume: sweeps.resume.handler(({ input }) => of().resume(input.id)),
    freedBy: sweeps.freedBy.handler(({ input }) => of().freedBy(input.id)),
    remove: sweeps.remove.handler(async ({ input }) => {
      await of().remove(input.id)
      return null
    }),
  }
}
