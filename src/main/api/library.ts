import { type Actor, may } from '@shared/actor'
import type { Chosen, VideoFacets, VideoFilter } from '@shared/contract/library'
import type { VideoId } from '@shared/ids'
import type { LibraryService } from '@main/library/library-service'
import type { Studio } from '@main/studio'
import { contractOf } from './contract-of'

export function libraryApi(studio: Studio) {
  const { library } = contractOf
  const own = () => studio.workspace().library
  const saved = savedIn(studio)
  const onAll = async (chosen: Chosen, action: (service: LibraryService, videos: readonly VideoId[]) => void) => {
    const videos = await own().chosen(chosen)
    return done(await saved((service) => action(service, videos)))
  }
  return {
    videos: library.videos.handler(({ input, context }) => own().videos(seenBy(context.actor, input))),
    facets: library.facets.handler(async ({ input, context }) =>
      withoutOthers(context.actor, await own().facets(seenBy(context.actor, input))),
    ),
    place: library.place.handler(({ input, context }) => own().place(seenBy(context.actor, input))),
    ids: library.ids.handler(({ input, context }) => own().ids(seenBy(context.actor, input))),
    answers: library.answers.handler(({ input }) => own().answers(input.videos)),
    video: library.video.handler(({ input }) => own().video(input.id)),
    preview: library.preview.handler(({ input }) => own().planImport(input)),
    import: library.import.handler(({ input }) => studio.workspace().imports.start(input)),
    relink: library.relink.handler(({ input }) => studio.workspace().imports.relink(input.id, input.path)),
    remove: library.remove.handler(({ input, context: { actor } }) =>
      onAll(input.videos, (service, videos) => service.remove(actor, videos)),
    ),
    setClass: library.setClass.handler(({ input, context: { actor } }) =>
      onAll(input.videos, (service, videos) => service.setClass(actor, videos, input.class)),
    ),
    setGroup: library.setGroup.handler(async ({ input: { videos: chosen, rule }, context: { actor } }) => {
      const videos = chosen && (await own().chosen(chosen))
      return saved((service) => service.setGroup(actor, { rule, videos }))
    }),
    setSplit: library.setSplit.handler(({ input, context: { actor } }) =>
      onAll(input.videos, (service, videos) => service.setSplit(actor, videos, input.split)),
    ),
    setAttribute: library.setAttribute.handler(({ input: { videos: chosen, ...said }, context: { actor } }) =>
      onAll(chosen, (service, videos) => service.setAttribute(actor, { videos, ...said })),
    ),
    setClassPrior: library.setClassPrior.handler(({ input, context }) =>
      saved((service) => service.setClassPrior(context.actor, input.class, input.attributes)),
    ),
    label: library.label.handler(({ input, context }) => studio.workspace().labels.apply(context.actor, input.labels)),
    named: library.named.handler(({ input }) => own().named(input)),
    ...vocabularyApi(studio),
    statistics: library.statistics.handler(() => own().statistics()),
    undo: library.undo.handler(({ context }) => saved((service) => service.undo(context.actor))),
    redo: library.redo.handler(({ context }) => saved((service) => service.redo(context.actor))),
  }
}

/** Annotators are told of their own work alone. */
function seenBy<Filter extends VideoFilter>(actor: Actor, filter: Filter): Filter {
  return may(actor, 'reviewer') ? filter : { ...filter, workOf: actor.id }
}

function withoutOthers(actor: Actor, facets: VideoFacets): VideoFacets {
  return may(actor, 'reviewer') ? facets : { ...facets, workers: [] }
}

/** Classes and attributes. */
function vocabularyApi(studio: Studio) {
  const { library } = contractOf
  const own = () => studio.workspace().library
  const saved = savedIn(studio)
  return {
    classes: library.classes.handler(() => own().classes()),
    createClass: library.createClass.handler(({ input, context }) =>
      saved((service) => service.createClass(context.actor, input.name)),
    ),
    renameClass: library.renameClass.handler(async ({ input, context }) => {
      await saved((service) => service.renameClass(context.actor, input.id, input.name))
      return own().class(input.id)
    }),
    removeClass: library.removeClass.handler(async ({ input, context }) =>
      done(await saved((service) => service.removeClass(context.actor, input.id))),
    ),
    attributes: library.attributes.handler(() => own().attributes()),
    createAttribute: library.createAttribute.handler(({ input, context }) =>
      saved((service) => service.createAttribute(context.actor, input)),
    ),
    updateAttribute: library.updateAttribute.handler(async ({ input, context }) => {
      await saved((service) => service.updateAttribute(context.actor, input.id, input))
      return own().attribute(input.id)
    }),
    removeAttribute: library.removeAttribute.handler(async ({ input, context }) =>
      done(await saved((service) => service.removeAttribute(context.actor, input.id))),
    ),
  }
}

/** Changes are answered when they are on disk, in one commit with what others do meanwhile; reads go on where they have to wait. */
function savedIn(studio: Studio) {
  return <T>(change: (service: LibraryService) => T): Promise<T> => {
    const { project, library } = studio.workspace()
    return project.write(() => change(library))
  }
}

/** Changes answer with nothing: the change feed says what to read again. */
function done(_: void): null {
  return null
}
