import type { Studio } from '@main/studio'
import { browse } from '@main/system/browse'
import { contractOf } from './contract-of'

export function systemApi(studio: Studio) {
  const { system } = contractOf
  return {
    doctor: system.doctor.handler(() => studio.doctor()),
    engine: system.engine.handler(() => studio.engine.report()),
    installEngine: system.installEngine.handler(() => studio.engine.install()),
    browse: system.browse.handler(({ context, input }) =>
      browse(input.path, context.atMachine ? null : studio.reach.boundsOf(context.actor)),
    ),
    changes: system.changes.handler(({ signal }) => studio.changes.stream({ signal })),
  }
}
