import { starters } from '@shared/starter-vocabularies'
import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

export function vocabularyApi(studio: Studio) {
  const { vocabulary } = contractOf
  const own = () => studio.workspace().library.vocabulary
  return {
    reach: vocabulary.reach.handler(({ input }) => own().reach(input)),
    mergeAttributes: vocabulary.mergeAttributes.handler(({ input, context }) =>
      done(own().mergeAttributes(context.actor, input)),
    ),
    starters: vocabulary.starters.handler(() => starters()),
    adopt: vocabulary.adopt.handler(({ input, context }) => own().adopt(context.actor, input.name)),
    splitAttribute: vocabulary.splitAttribute.handler(({ input, context }) =>
      own().splitAttribute(context.actor, input),
    ),
    setPicture: vocabulary.setPicture.handler(async ({ input: { id, from }, context: { actor } }) => {
      const { library, pictures } = studio.workspace()
      await pictures.set(actor, id, from)
      return library.attribute(id)
    }),
    removePicture: vocabulary.removePicture.handler(async ({ input: { id }, context: { actor } }) => {
      const { library, pictures } = studio.workspace()
      await pictures.remove(actor, id)
      return library.attribute(id)
    }),
    mergeClasses: vocabulary.mergeClasses.handler(({ input, context }) =>
      done(own().mergeClasses(context.actor, input)),
    ),
  }
}

function done(_: void): null {
  return null
}
