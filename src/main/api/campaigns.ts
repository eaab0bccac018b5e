import type { Studio } from '@main/studio'
import { campaignResultsApi } from './campaign-results'
import { contractOf } from './contract-of'

export function campaignsApi(studio: Studio) {
  const { campaigns } = contractOf
  const own = () => studio.workspace().campaigns
  return {
    ...campaignResultsApi(studio),
    list: campaigns.list.handler(({ context: { actor } }) => own().service.list(actor)),
    get: campaigns.get.handler(({ input, context: { actor } }) => own().service.get(actor, input.id)),
    create: campaigns.create.handler(({ input, context: { actor } }) => own().service.create(actor, input)),
    change: campaigns.change.handler(({ input, context: { actor } }) => own().service.change(actor, input)),
    setState: campaigns.setState.handler(({ input, context: { actor } }) =>
      own().service.setState(actor, input.id, input.state),
    ),
    remove: campaigns.remove.handler(({ input, context: { actor } }) => done(own().service.remove(actor, input.id))),
    guidelines: campaigns.guidelines.handler(({ input, context: { actor } }) =>
      own().service.guidelines(actor, input.id),
    ),
    explained: campaigns.explained.handler(({ input }) => own().service.explained(input.video)),
    addPicture: campaigns.addPicture.handler(({ input, context: { actor } }) =>
      own().service.addPicture(actor, input.id, input.base64),
    ),
    mine: campaigns.mine.handler(({ context: { actor } }) => own().queue.mine(actor)),
    next: campaigns.next.handler(({ input, context: { actor } }) => own().queue.next(actor, input.id)),
    task: campaigns.task.handler(({ input, context: { actor } }) => own().queue.own(actor, input.item)),
    hold: campaigns.hold.handler(({ input, context: { actor } }) => own().queue.hold(actor, input.item, input.draft)),
    submit: campaigns.submit.handler(({ input, context: { actor } }) => own().queue.submit(actor, input)),
    skip: campaigns.skip.handler(({ input, context: { actor } }) => done(own().queue.skip(actor, input.item, input))),
    items: campaigns.items.handler(({ input, context: { actor } }) => own().review.items(actor, input)),
    given: campaigns.given.handler(({ input, context: { actor } }) => own().review.given(actor, input.item)),
    setGold: campaigns.setGold.handler(({ input, context: { actor } }) => own().review.setGold(actor, input.id, input)),
    askAgain: campaigns.askAgain.handler(({ input, context: { actor } }) =>
      own().review.askAgain(actor, input.id, input),
    ),
    leaveOut: campaigns.leaveOut.handler(({ input, context: { actor } }) =>
      done(own().review.leaveOut(actor, input.id, input)),
    ),
  }
}

async function done(action: Promise<void>): Promise<null> {
  await action
  return null
}
