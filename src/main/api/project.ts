import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

export function projectApi(studio: Studio) {
  const { project } = contractOf
  return {
    current: project.current.handler(() => studio.current()),
    guidelines: project.guidelines.handler(() => studio.workspace().guidelines.read()),
    setGuidelines: project.setGuidelines.handler(({ input, context: { actor } }) =>
      studio.workspace().guidelines.set(actor, input),
    ),
    addPicture: project.addPicture.handler(({ input, context: { actor } }) =>
      studio.workspace().guidelines.addPicture(actor, input.base64),
    ),
    recent: project.recent.handler(() => studio.recent()),
    create: project.create.handler(({ input }) => studio.create(input.path, input.name)),
    open: project.open.handler(({ input }) => studio.open(input.path)),
    unpack: project.unpack.handler(({ input }) => studio.unpack(input.archive, input.path)),
    close: project.close.handler(async () => {
      await studio.leaveProject()
      return null
    }),
    backups: project.backups.handler(({ input }) => studio.backups(input.path)),
    restore: project.restore.handler(({ input }) => studio.restore(input.path, input.backup)),
    saveElsewhere: project.saveElsewhere.handler(({ input }) => studio.saveElsewhere(input.path)),
    tour: project.tour.handler(() => studio.tour()),
  }
}
