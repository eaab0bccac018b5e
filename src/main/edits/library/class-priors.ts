import type { ClassId, VideoId } from '@shared/ids'
import type { SaidState } from '@main/edits/annotation/said'
import type { Repositories } from '@main/store/repositories'

/**
 * What has to be said when videos change class: what their old class said goes, and what is said of the videos of the new
 * one comes, except where a person answered.
 * @param to null for videos that leave their class
 */
export function priorsMoved(
  { answers, videos: stored }: Repositories,
  videos: readonly VideoId[],
  to: ClassId | null,
): SaidState[] {
  const moved = new Set(videos)
  const members = to === null ? [] : stored.idsOfClass(to).filter((id) => !moved.has(id))
  const ofClass = new Map(answers.priorsOf(members).map(({ attribute, value }) => [attribute, value]))
  const said = Map.groupBy(answers.ofVideos(videos), ({ video }) => video)
  return videos.flatMap((video): SaidState[] => {
    const here = said.get(video) ?? []
    const settled = new Set(here.filter(({ person }) => person !== null).map(({ attribute }) => attribute))
    const dropped = here.filter(({ person, attribute }) => person === null && !ofClass.has(attribute))
    const place = { video, person: null }
    return [
      ...dropped.map(({ attribute }) => ({ ...place, attribute, answer: null })),
      ...[...ofClass]
        .filter(([attribute]) => !settled.has(attribute))
        .map(([attribute, value]) => ({ ...place, attribute, answer: { value, at: null } })),
    ]
  })
}
