import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

export function jobsApi(studio: Studio) {
  const { jobs } = contractOf
  return {
    list: jobs.list.handler(() => studio.jobs.list()),
    get: jobs.get.handler(({ input }) => studio.jobs.get(input.id)),
    cancel: jobs.cancel.handler(({ input }) => studio.jobs.cancel(input.id)),
    pause: jobs.pause.handler(({ input }) => studio.jobs.pause(input.id)),
    resume: jobs.resume.handler(({ input }) => studio.jobs.resume(input.id)),
    watch: jobs.watch.handler(({ signal }) => studio.jobs.watch(signal)),
  }
}
