import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

export function learningApi(studio: Studio) {
  const { learning } = contractOf
  const runs = () => studio.workspace().runs
  return {
    runs: learning.runs.handler(() => runs().list()),
    run: learning.run.handler(({ input }) => runs().get(input.id)),
    metrics: learning.metrics.handler(({ input }) => runs().metrics(input.id)),
    log: learning.log.handler(({ input }) => runs().log(input.id)),
    watch: learning.watch.handler(({ input, signal }) => runs().watch(input.id, signal)),
    estimate: learning.estimate.handler(({ input }) => runs().estimate(input)),
    start: learning.start.handler(({ input }) => runs().start(input)),
    again: learning.again.handler(({ input }) => runs().again(input.id)),
    freedBy: learning.freedBy.handler(({ input }) => runs().freedBy(input.id)),
    inspectModel: learning.inspectModel.handler(({ input, signal }) =>
      studio.workspace().models.inspect(input, signal),
    ),
    importModel: learning.importModel.handler(({ input, context }) =>
      studio.workspace().models.import(context.actor, input),
    ),
    exportModel: learning.exportModel.handler(({ input }) => studio.workspace().exports.export(input)),
    describe: learning.describe.handler(({ input: { id, ...words } }) => runs().describe(id, words)),
    archive: learning.archive.handler(({ input }) => runs().archive(input.id, input.archived)),
    remove: learning.remove.handler(async ({ input }) => {
      await runs().remove(input.id)
      return null
    }),
  }
}
