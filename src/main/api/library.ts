import type { Chosen } from '@shared/contract/library'
import type { VideoId } from '@shared/ids'
import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

export function libraryApi(studio: Studio) {
  const { library } = contractOf
  const own = () => studio.workspace().library
  const onAll = async (chosen: Chosen, action: (videos: readonly VideoId[]) => void) =>
    done(action(await own().chosen(chosen)))
  return {
    videos: library.videos.handler(({ input }) => own().videos(input)),
    facets: library.facets.handler(({ input }) => own().facets(input)),
    place: library.place.handler(({ input }) => own().place(input)),
    ids: library.ids.handler(({ input }) => own().ids(input)),
    answers: library.answers.handler(({ input }) => own().answers(input.videos)),
    video: library.video.handler(({ input }) => own().video(input.id)),
    preview: library.preview.handler(({ input }) => own().planImport(input)),
    import: library.import.handler(({ input }) => studio.workspace().imports.start(input)),
    relink: library.relink.handler(({ input }) => studio.workspace().imports.relink(input.id, input.path)),
    remove: library.remove.handler(({ input, context: { actor } }) =>
      onAll(input.videos, (videos) => own().remove(actor, videos)),
    ),
    setClass: library.setClass.handler(({ input, context: { actor } }) =>
      onAll(input.videos, (videos) => own().setClass(actor, videos, input.class)),
    ),
    setGroup: library.setGroup.handler(async ({ input: { videos, rule }, context: { actor } }) =>
      own().setGroup(actor, { rule, videos: videos && (await own().chosen(videos)) }),
    ),
    setSplit: library.setSplit.handler(({ input, context: { actor } }) =>
      onAll(input.videos, (videos) => own().setSplit(actor, videos, input.split)),
    ),
    setAttribute: library.setAttribute.handler(({ input: { videos: chosen, ...said }, context: { actor } }) =>
      onAll(chosen, (videos) => own().setAttribute(actor, { videos, ...said })),
    ),
    setClassPrior: library.setClassPrior.handler(({ input, context }) =>
      own().setClassPrior(context.actor, input.class, input.attributes),
    ),
    label: library.label.handler(({ input, context }) => studio.workspace().labels.apply(context.actor, input.labels)),
    named: library.named.handler(({ input }) => own().named(input)),
    classes: library.classes.handler(() => own().classes()),
    createClass: library.createClass.handler(({ input, context }) => own().createClass(context.actor, input.name)),
    renameClass: library.renameClass.handler(({ input, context }) =>
      own().renameClass(context.actor, input.id, input.name),
    ),
    removeClass: library.removeClass.handler(({ input, context }) => done(own().removeClass(context.actor, input.id))),
    attributes: library.attributes.handler(() => own().attributes()),
    createAttribute: library.createAttribute.handler(({ input, context }) =>
      own().createAttribute(context.actor, input),
    ),
    updateAttribute: library.updateAttribute.handler(({ input, context }) =>
      own().updateAttribute(context.actor, input.id, input),
    ),
    removeAttribute: library.removeAttribute.handler(({ input, context }) =>
      done(own().removeAttribute(context.actor, input.id)),
    ),
    statistics: library.statistics.handler(() => own().statistics()),
    undo: library.undo.handler(({ context }) => own().undo(context.actor)),
    redo: library.redo.handler(({ context }) => own().redo(context.actor)),
  }
}

/** Changes answer with nothing: the change feed says what to read again. */
function done(_: void): null {
  return null
}
