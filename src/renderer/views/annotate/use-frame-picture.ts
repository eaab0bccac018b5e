import type { Box } from '@shared/geometry/box'
import type { Frame } from '@shared/ids'
import type { Action } from '@renderer/actions/action-registry'
import { useApi } from '@renderer/connection/api'
import { useAnnotation } from '@renderer/stores/annotation'
import { useLibrary } from '@renderer/stores/library'
import { useNotices } from '@renderer/stores/notices'
import { usePeople } from '@renderer/stores/people'
import { useVocabulary } from '@renderer/stores/vocabulary'

/** What is seen becomes the picture of the current attribute: the frame, or the selected box in it and some room about. */
export function useFramePicture(drawn: () => Frame | null, box: () => Box | null): Action {
  const api = useApi()
  const annotation = useAnnotation()
  const library = useLibrary()
  const notices = useNotices()
  const people = usePeople()
  const vocabulary = useVocabulary()
  const word = () => vocabulary.attributeOf(annotation.attribute)

  async function take(): Promise<void> {
    const [frame, { video, attribute }] = [drawn(), annotation]
    if (frame === null || !video || !attribute) return
    const from = { video: video.id, frame, box: box() }
    const done = await notices.tried(api.vocabulary.setPicture({ id: attribute, from }))
    if (!done) return
    await vocabulary.refresh()
    notices.done(`Frame ${frame}${from.box ? ', cut to the box,' : ''} is the picture of ${done.name}`, () => {
      void library.undo()
    })
  }

  return {
    id: 'annotate.picture',
    name: () => `Use this ${box() ? 'box' : 'frame'} as the picture of ${word()?.name ?? 'the attribute'}`,
    group: 'Annotate',
    allowed: () => annotation.state === 'ready' && people.isReviewer && word() !== undefined && drawn() !== null,
    run: () => void take(),
  }
}
