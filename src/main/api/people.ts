import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

export function peopleApi({ people: own }: Studio) {
  const { people } = contractOf
  return {
    me: people.me.handler(({ context }) => context.actor),
    list: people.list.handler(({ context }) => own.list(context.actor)),
    add: people.add.handler(({ context, input }) => own.add(context.actor, input)),
    rename: people.rename.handler(({ context, input }) => done(own.rename(context.actor, input.id, input.name))),
    revoke: people.revoke.handler(({ context, input }) => done(own.revoke(context.actor, input.id))),
    createLink: people.createLink.handler(({ context, input }) => own.createLink(context.actor, input.id)),
    removeLink: people.removeLink.handler(({ context, input }) => done(own.removeLink(context.actor, input.id))),
    createToken: people.createToken.handler(({ context, input }) =>
      own.createToken(context.actor, input.id, input.name),
    ),
    endSession: people.endSession.handler(({ context, input }) => done(own.endSession(context.actor, input.id))),
  }
}

function done(_: void): null {
  return null
}
