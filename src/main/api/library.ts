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
    remove: library.remove.handler(({ input }) => onAll(input.videos, (videos) => own().remove(videos))),
    setClass: library.setClass.handler(({ input }) =>
      onAll(input.videos, (videos) => own().setClass(videos, input.class)),
    ),
    setSplit: library.setSplit.handler(({ input }) =>
      onAll(input.videos, (videos) => own().setSplit(videos, input.split)),
    ),
    setGroup: library.setGroup.handler(async ({ input: { videos, rule } }) =>
      own().setGroup({ rule, videos: videos && (await own().chosen(videos)) }),
    ),
    setAttribute: library.setAttribute.handler(({ input }) =>
      onAll(input.videos, (videos) => own().setAttribute(videos, input.attribute, input.value)),
    ),
    setClassPrior: library.setClassPrior.handler(({ input }) => own().setClassPrior(input.class, input.attributes)),
    label: library.label.handler(({ input }) => studio.workspace().labels.apply(input.labels)),
    named: library.named.handler(({ input }) => own().named(input)),
    classes: library.classes.handler(() => own().classes()),
    createClass: library.createClass.handler(({ input }) => own().createClass(input.name)),
    renameClass: library.renameClass.handler(({ input }) => own().renameClass(input.id, input.name)),
    removeClass: library.removeClass.handler(({ input }) => done(own().removeClass(input.id))),
    attributes: library.attributes.handler(() => own().attributes()),
    createAttribute: library.createAttribute.handler(({ input }) => own().createAttribute(input)),
    updateAttribute: library.updateAttribute.handler(({ input }) => own().updateAttribute(input.id, input)),
    removeAttribute: library.removeAttribute.handler(({ input }) => done(own().removeAttribute(input.id))),
    statistics: library.statistics.handler(() => own().statistics()),
    undo: library.undo.handler(() => own().undo()),
    redo: library.redo.handler(() => own().redo()),
  }
}

/** Changes answer with nothing: the change feed says what to read again. */
function done(_: void): null {
  return null
}
