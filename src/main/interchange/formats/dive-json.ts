import { z } from 'zod'
import { type Keyframe, visibleSpans } from '@shared/geometry/track'
import type { NeutralTrack, NeutralVideo } from '@main/interchange/dataset'
import { type Part, type Reading, bareVideo, defineFormat } from '@main/interchange/format'
import { encodingOption } from '@main/interchange/kit/encoding-option'
import { nameOption } from '@main/interchange/kit/name-option'
import { fileName } from '@main/interchange/kit/file-name'
import { jsonParts } from '@main/interchange/kit/json-stream'
import { loseFields } from '@main/interchange/kit/lost-attributes'
import { trackNamed, wordOf } from '@main/interchange/kit/said'

const Feature = z.object({
  frame: z.int().min(0),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullish(),
  interpolate: z.boolean().nullish(),
  keyframe: z.boolean().nullish(),
  attributes: z.record(z.string(), z.unknown()).nullish(),
})
type Feature = z.output<typeof Feature>

/** Attributes of a feature that have a place here, and those by which DIVE keeps house. */
const knownAttributes = ['occluded', 'rotation', 'userModified', 'userCreated']

const TrackData = z.object({
  attributes: z.record(z.string(), z.unknown()).nullish().catch(null),
  id: z.union([z.number(), z.string()]).nullish(),
  confidencePairs: z.array(z.tuple([z.string(), z.number()])).default([]),
  features: z.array(z.unknown()).default([]),
})

/**
 * DIVE's annotation JSON, version 2 and 1 (kitware.github.io/dive, "Data formats"): tracks by id, key frames with
 * `bounds`; `interpolate` on a key frame holds to the next one, without it the object is not seen between.
 */
export const diveJson = defineFormat({
  name: 'dive',
  title: 'DIVE JSON',
  extensions: ['.json'],
  options: z.object({
    encoding: encodingOption,
    video: nameOption('the name of the file'),
  }),
  losses: [
    'answers without a box',
    'splits, groups and classes of videos',
    'groups and descriptions of attributes',
    'who said it',
  ],
  detect({ isFolder, text }) {
    if (isFolder || !/^\s*\{/.test(text)) return null
    const found = /"confidencePairs"\s*:/.test(text) && /"features"\s*:/.test(text)
    return found ? { confidence: 0.95, why: 'its tracks have confidencePairs and features' } : null
  },
  async *read(source, { encoding, video }, reading): AsyncGenerator<Part> {
    const name = video || source.name.replace(/^result_/, '').replace(/\.json$/i, '')
    const frames = reading.video(name)?.frames ?? null
    let fps: number | null = null
    let isSecond = false
    for await (const { path, value } of jsonParts(source, ['$.tracks.*', '$.fps', '$.version'], encoding)) {
      if (path[0] === 'tracks') yield* partOf(String(path[1]), value, { name, frames, reading })
      else if (path[0] === 'fps') fps = typeof value === 'number' && value > 0 ? value : null
      isSecond ||= path[0] !== 'fps'
    }
    // Version 1 is a bare map of tracks.
    if (!isSecond)
      for await (const { path, value } of jsonParts(source, ['$.*'], encoding))
        yield* partOf(String(path[0]), value, { name, frames, reading })
    yield { kind: 'video', line: null, video: bareVideo(name, { fps }) }
  },
  *write({ videos, videoCount }) {
    for (const video of videos())
      yield {
        path: videoCount === 1 ? '' : `${fileName(video.name)}.json`,
        chunks: [`${JSON.stringify(fileOf(video))}\n`],
      }
  },
})

function* partOf(
  id: string,
  value: unknown,
  { name, frames, reading }: { name: string; frames: number | null; reading: Reading },
): Generator<Part> {
  const skip = (reason: string) => reading.note({ kind: 'skipped', line: null, reason: `track ${id}: ${reason}` })
  const track = TrackData.safeParse(value)
  if (!track.success) return skip('it has no features')
  const features = track.data.features.flatMap((one) => {
    const feature = Feature.safeParse(one)
    if (!feature.success) skip('a feature in it is none')
    return feature.success ? [feature.data] : []
  })
  reading.read(features.length)
  for (const { attributes } of features) loseFields(attributes, knownAttributes, reading)
  for (const key of Object.keys(track.data.attributes ?? {}))
    reading.lose(`the attribute ${JSON.stringify(key)} of whole tracks`)
  const keyframes = keyframesOf(features, frames)
  if (keyframes.length === 0) return skip('it has no box')
  const [best] = [...track.data.confidencePairs].sort((a, b) => b[1] - a[1])
  const tracks = [trackNamed(best?.[0] ?? 'unknown', keyframes, { name: id })]
  yield { kind: 'video', line: null, video: bareVideo(name, { tracks }) }
}

function keyframesOf(features: readonly Feature[], frames: number | null): Keyframe[] {
  const sorted = features.filter(({ bounds }) => bounds).sort((a, b) => a.frame - b.frame)
  return sorted.flatMap(({ frame, bounds, interpolate, attributes }, i) => {
    const [x1, y1, x2, y2] = bounds as [number, number, number, number]
    const seen = { frame, box: { x1, y1, x2, y2 }, outside: false, occluded: attributes?.occluded === true }
    const next = sorted[i + 1]
    const holds = next ? interpolate === true || next.frame === frame + 1 : frames !== null && frame + 1 >= frames
    return holds ? [seen] : [seen, { ...seen, frame: frame + 1, outside: true }]
  })
}

function fileOf(video: NeutralVideo) {
  const shown = video.tracks.filter((track) => visibleSpans(track.keyframes, video.frames ?? 0).length > 0)
  const tracks = Object.fromEntries(shown.map((track, id) => [String(id), trackOf(track, id, video.frames ?? 0)]))
  return { tracks, groups: {}, version: 2, ...(video.fps ? { fps: video.fps } : {}) }
}

function trackOf(track: NeutralTrack, id: number, frames: number) {
  const features = track.keyframes.flatMap((keyframe, i) => {
    if (keyframe.outside) return []
    const { frame, box, occluded } = keyframe
    const next = track.keyframes[i + 1]
    const bounds = [box.x1, box.y1, box.x2, box.y2]
    const attributes = occluded ? { occluded: true } : {}
    const feature = { frame, bounds, keyframe: true, interpolate: next !== undefined && !next.outside, attributes }
    // The box holds from its key frame to where the object goes: one more key frame says so.
    const last = next ? (next.outside ? next.frame - 1 : frame) : frames - 1
    if (last <= frame) return [feature]
    return [
      { ...feature, interpolate: true },
      { ...feature, frame: last, interpolate: false },
    ]
  })
  const [first, last] = [features[0]?.frame ?? 0, features.at(-1)?.frame ?? 0]
  return { id, begin: first, end: last, confidencePairs: [[wordOf(track), 1]], attributes: {}, meta: {}, features }
}
