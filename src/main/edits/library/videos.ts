import { Split } from '@shared/contract/library'
import { ClassId, VideoId } from '@shared/ids'
import { LabelRowV1, LabelStateV1, Said, SaidState, saidOf, statesOf } from '@main/edits/annotation/said'
import { putStates } from '@main/edits/annotation/set-label'
import { WholeSpan } from '@main/edits/annotation/replace-spans'
import { WholeTrack, WholeTrackV1, trackOf } from '@main/edits/annotation/replace-tracks'
import { freeName } from '@main/store/database/free-name'
import { type Edit, defineEdit, older } from '@main/store/history/edit'
import type { VideoRecord } from '@main/store/repositories/video-repository'
import { z } from 'zod'

const number = (videos: readonly unknown[]) => (videos.length === 1 ? 'a video' : `${videos.length} videos`)

/** Gives videos a class, or (null) none. Its inverse gives each the class it had. */
export const setClass = defineEdit({
  kind: 'video.set-class',
  change: z.object({ groups: z.array(z.object({ value: ClassId.nullable(), videos: z.array(VideoId) })) }),
  label: ({ groups }, { classes }) => {
    const videos = number(groups.flatMap((group) => group.videos))
    const [only] = groups
    return only?.value
      ? `Set the class of ${videos} to ${classes.get(only.value).name}`
      : `Clear the class of ${videos}`
  },
  apply({ classes, videos }, { groups }): Edit {
    for (const { value } of groups) if (value) classes.get(value)
    const before = videos.ofIds(groups.flatMap((group) => group.videos))
    for (const { value, videos: ids } of groups) videos.set(ids, { class: value })
    return setClass.of({ groups: grouped(before, (video) => video.class) })
  },
})

/** Puts videos into a split, or (null) out of any. Its inverse puts each back. */
export const setSplit = defineEdit({
  kind: 'video.set-split',
  change: z.object({ groups: z.array(z.object({ value: Split.nullable(), videos: z.array(VideoId) })) }),
  label: ({ groups }) => {
    const videos = number(groups.flatMap((group) => group.videos))
    const [only] = groups
    return only?.value ? `Set the split of ${videos} to ${only.value}` : `Clear the split of ${videos}`
  },
  apply({ videos }, { groups }): Edit {
    const before = videos.ofIds(groups.flatMap((group) => group.videos))
    for (const { value, videos: ids } of groups) videos.set(ids, { split: value })
    return setSplit.of({ groups: grouped(before, (video) => video.split) })
  },
})

/** Says which group videos belong to, or (null) none. Its inverse gives each the group it had. */
export const setGroup = defineEdit({
  kind: 'video.set-group',
  change: z.object({ groups: z.array(z.object({ value: z.string().nullable(), videos: z.array(VideoId) })) }),
  label: ({ groups }) => {
    const videos = number(groups.flatMap((group) => group.videos))
    return groups.some(({ value }) => value !== null) ? `Group ${videos}` : `Take ${videos} out of their groups`
  },
  apply({ videos }, { groups }): Edit {
    const before = videos.ofIds(groups.flatMap((group) => group.videos))
    for (const { value, videos: ids } of groups) videos.set(ids, { group: value })
    return setGroup.of({ groups: grouped(before, (video) => video.group) })
  },
})

/** Answers attributes of many videos at once, or (null) takes answers back. Its inverse is what was said before. */
export const setLabels = defineEdit({
  kind: 'label.set-many',
  change: z.object({ labels: z.array(SaidState) }),
  older: [older(z.object({ labels: z.array(LabelStateV1) }), ({ labels }) => ({ labels: labels.flatMap(statesOf) }))],
  label: ({ labels }) => `Answer attributes of ${number([...new Set(labels.map(({ video }) => video))])}`,
  apply(repositories, { labels: wanted }): Edit {
    const { videos, attributes } = repositories
    for (const attribute of new Set(wanted.map((label) => label.attribute))) attributes.get(attribute)
    const there = new Set(videos.ids())
    const here = wanted.filter(({ video }) => there.has(video))
    return setLabels.of({ labels: putStates(repositories, here) })
  },
})

/** Takes videos out of the project with all that is said of them. Its inverse holds it; files are not touched. */
export const removeVideos = defineEdit({
  kind: 'video.remove',
  change: z.object({ videos: z.array(VideoId) }),
  label: ({ videos: ids }, { videos }) => {
    const [only] = ids
    return ids.length === 1 && only ? `Remove ${videos.get(only).name}` : `Remove ${ids.length} videos`
  },
  apply({ videos, answers, tracks, spans, campaigns }, { videos: ids }): Edit {
    const said = { said: answers.ofVideos(ids), tracks: tracks.ofVideos(ids), spans: spans.ofVideos(ids) }
    const inverse = { videos: videos.ofIds(ids), ...said }
    videos.remove(ids)
    campaigns.overtaken()
    return restoreVideos.of(inverse)
  },
})

const isRow = (row: unknown) => typeof row === 'object' && row !== null && 'id' in row && 'name' in row

/** Puts removed videos back, as far as their classes and attributes are still there. */
export const restoreVideos = defineEdit({
  kind: 'video.restore',
  change: z.object({
    videos: z.array(z.custom<VideoRecord>(isRow)),
    said: z.array(Said),
    tracks: z.array(WholeTrack),
    /** What was removed before there were any has none. */
    spans: z.array(WholeSpan).default([]),
  }),
  older: [
    older(
      z.object({
        videos: z.array(z.custom<VideoRecord>(isRow)),
        labels: z.array(LabelRowV1),
        tracks: z.array(WholeTrackV1),
      }),
      ({ videos, labels, tracks }) => ({ videos, said: labels.map(saidOf), tracks: tracks.map(trackOf) }),
    ),
  ],
  label: ({ videos }) => `Put back ${number(videos)}`,
  apply({ videos, classes, attributes, answers, tracks, spans, campaigns }, change): Edit {
    const ofClass = new Set(classes.rows().map(({ id }) => id))
    const words = new Set(attributes.rows().map(({ id }) => id))
    const taken = new Set(videos.names())
    const rows = change.videos.map((row) => ({
      ...row,
      // What was removed before groups were known has none.
      group: row.group ?? null,
      name: freeName(row.name, (name) => taken.has(name)),
      class: row.class && ofClass.has(row.class) ? row.class : null,
    }))
    videos.insertRows(rows)
    campaigns.overtaken()
    answers.insertAll(change.said.filter(({ attribute }) => words.has(attribute)))
    tracks.putAll(change.tracks.filter(({ attribute }) => !attribute || words.has(attribute)))
    spans.insertAll(change.spans.filter(({ attribute }) => words.has(attribute)))
    return removeVideos.of({ videos: rows.map(({ id }) => id) })
  },
})

function grouped<Value>(rows: readonly VideoRecord[], valueOf: (row: VideoRecord) => Value) {
  return [...Map.groupBy(rows, valueOf)].map(([value, some]) => ({ value, videos: some.map(({ id }) => id) }))
}
