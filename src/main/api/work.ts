import type { Studio } from '@main/studio'
import type { WorkService } from '@main/work/work-service'
import { contractOf } from './contract-of'

export function workApi(studio: Studio) {
  const { work } = contractOf
  const own = () => studio.workspace().work
  /** Answered when it is on disk. */
  const saved = <T>(change: (service: WorkService) => T): Promise<T> =>
    studio.workspace().project.write(() => change(own()))
  return {
    get: work.get.handler(({ input, context }) => own().get(context.actor, input.video)),
    submit: work.submit.handler(({ input, context }) => saved((service) => service.submit(context.actor, input.video))),
    skip: work.skip.handler(({ input, context }) =>
      saved((service) => service.skip(context.actor, input.video, input.reason)),
    ),
    reopen: work.reopen.handler(({ input, context }) => saved((service) => service.reopen(context.actor, input.video))),
    accept: work.accept.handler(({ input, context }) => saved((service) => service.accept(context.actor, input))),
    sendBack: work.sendBack.handler(({ input, context }) => saved((service) => service.sendBack(context.actor, input))),
    waiting: work.waiting.handler(({ context }) => own().waiting(context.actor)),
    queue: work.queue.handler(({ input, context }) => own().queue(context.actor, input.video)),
    enterQueue: work.enterQueue.handler(({ input, context }) => own().enterQueue(context.actor, input)),
    stand: work.stand.handler(({ input, context }) => saved((service) => service.stand(context.actor, input.video))),
    leaveQueue: work.leaveQueue.handler(({ context }) =>
      saved((service) => {
        service.leaveQueue(context.actor)
        return null
      }),
    ),
  }
}
