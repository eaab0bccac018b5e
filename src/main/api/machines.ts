import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

export function machinesApi({ machines: service }: Studio) {
  const { machines } = contractOf
  return {
    list: machines.list.handler(({ context }) => service.list(context.actor)),
    invite: machines.invite.handler(({ context }) => service.invite(context.actor)),
    drain: machines.drain.handler(({ context, input }) => service.drain(context.actor, input.id, input.drain)),
    forget: machines.forget.handler(({ context, input }) => service.forget(context.actor, input.id)),
  }
}
