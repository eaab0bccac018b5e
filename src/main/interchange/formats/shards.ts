import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Pack, pack as newPack } from 'tar-stream'
import { z } from 'zod'
import type { NeutralVideo } from '@main/interchange/dataset'
import { type Contents, type OutFile, defineFormat } from '@main/interchange/format'
import { shownFrames } from '@main/interchange/kit/dense-track'
import { pushTo } from '@main/interchange/kit/push-to'

/** The moment every file of a shard bears, so that equal contents are equal bytes. */
const mtime = new Date(Date.UTC(2020, 0, 1))

/**
 * Shards as WebDataset reads them (github.com/webdataset/webdataset): a tar for each so many videos of a split, in it for
 * each video its film as it is and `<key>.json` with its labels; `vocabulary.json` says what the numbers mean.
 */
export const shards = defineFormat({
  name: 'shards',
  title: 'Shards for training (WebDataset)',
  extensions: ['.zip'],
  options: z.object({
    perShard: z
      .int()
      .min(1)
      .max(100_000)
      .default(1_000)
      .meta({ title: 'Videos in each tar', description: 'Videos in each tar', on: 'write' }),
    films: z
      .boolean()
      .default(true)
      .meta({ title: 'With the films', description: 'Put the films in, not only their labels', on: 'write' }),
  }),
  losses: [
    'who said it and when',
    'key frames: boxes stand frame by frame',
    'films that have moved: only their labels are written',
    'it is only written: nothing reads it back',
  ],
  detect: () => null,
  *write(contents, options) {
    const places = new Map<string, string[]>()
    for (const { name, split } of contents.videos()) pushTo(places, split ?? 'none', name)
    const { classes, attributes } = contents
    const words = { classes, attributes: attributes.map(({ name }) => name), labels: 'present 1, absent 0, else -1' }
    yield { path: 'vocabulary.json', chunks: [`${JSON.stringify(words, null, 2)}\n`] }
    for (const [split, names] of [...places].sort(([a], [b]) => (a < b ? -1 : 1)))
      yield* shardsOf(contents, { split, names, ...options })
  },
})

interface Shard {
  split: string
  names: readonly string[]
  perShard: number
  films: boolean
}

function* shardsOf(contents: Contents, { split, names, perShard, films }: Shard): Generator<OutFile> {
  for (let at = 0; at < names.length; at += perShard) {
    const some = new Set(names.slice(at, at + perShard))
    const path = `${split}-${String(at / perShard).padStart(6, '0')}.tar`
    yield { path, chunks: tarOf(contents, { names: some, from: at, films }) }
  }
}

async function* tarOf(
  contents: Contents,
  about: { names: ReadonlySet<string>; from: number; films: boolean },
): AsyncGenerator<Uint8Array> {
  const pack = newPack()
  const filled = fill(pack, contents, about).catch((error: Error) => pack.destroy(error))
  yield* pack as AsyncIterable<Uint8Array>
  await filled
}

async function fill(
  pack: Pack,
  contents: Contents,
  { names, from, films }: { names: ReadonlySet<string>; from: number; films: boolean },
): Promise<void> {
  let number = from
  for (const video of contents.videos((name) => names.has(name))) {
    // What follows the first dot of a name is taken for the kind of file.
    const key = `${String(number++).padStart(6, '0')}_${video.name.replace(/[^\p{L}\p{N}_-]+/gu, '_')}`
    const film = films && video.path !== null ? await sizeOf(video.path) : null
    if (film !== null && video.path !== null) {
      const ending = extname(video.path).toLowerCase() || '.bin'
      await pipeline(createReadStream(video.path), pack.entry({ name: `${key}${ending}`, size: film, mtime }))
    }
    pack.entry({ name: `${key}.json`, mtime }, `${JSON.stringify(labelsOf(video, contents, film !== null))}\n`)
  }
  pack.finalize()
}

async function sizeOf(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null)
  return found?.isFile() ? found.size : null
}

function labelsOf(video: NeutralVideo, { classes, attributes }: Contents, hasFilm: boolean) {
  const { name, split, group, frames, width, height, fps } = video
  const said = new Map(video.answers.map((one) => [one.attribute, one.value]))
  const labels = attributes.map((one) => ({ present: 1, absent: 0, unsure: -1 })[said.get(one.name) ?? 'unsure'])
  const tracks = video.tracks.map(({ kind, attribute, keyframes }) => {
    const boxes = [...shownFrames(keyframes, frames ?? 0)].map(({ frame, box, occluded }) => {
      return [frame, box.x1, box.y1, box.x2, box.y2, Number(occluded)]
    })
    return { kind, attribute, boxes }
  })
  const about = { class: video.class, class_index: video.class === null ? null : classes.indexOf(video.class) }
  return { video: name, film: hasFilm, ...about, split, group, frames, width, height, fps, labels, tracks }
}
