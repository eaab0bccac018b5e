import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NeutralVideo } from '@main/interchange/dataset'
import type { Format } from '@main/interchange/format'
import { allFormats } from '@main/interchange/formats'
import { bytesOf } from '@main/interchange/source/source'
import { FormatRegistry } from '@main/interchange/registry'
import { anyVideo as video } from '../../../../support/arbitrary-video'
import { isSeenAlike, seenTracks } from '../../../../support/seen-tracks'
import { contentsOf, knownVideo, readAll, written } from '../../../../support/memory-source'

/** What a format may change of boxes: px, and whether it keeps `occluded`. */
const tolerances: Readonly<Record<string, { px: number; occluded: boolean; answers: boolean }>> = {
  cvat: { px: 0.006, occluded: true, answers: true },
  'label-studio': { px: 1e-6, occluded: false, answers: true },
  via3: { px: 0.006, occluded: true, answers: true },
  'via3-csv': { px: 0.006, occluded: true, answers: true },
  mot: { px: 0.006, occluded: true, answers: false },
  'coco-video': { px: 0.006, occluded: true, answers: true },
  viame: { px: 0.006, occluded: true, answers: false },
  dive: { px: 1e-6, occluded: true, answers: false },
  datumaro: { px: 0.02, occluded: true, answers: true },
  ava: { px: 0.02, occluded: false, answers: false },
}

async function expectSame(format: Format, videos: readonly NeutralVideo[], options: object = {}): Promise<void> {
  const { px, occluded, answers } = tolerances[format.name]!
  const known = videos.map(knownVideo)
  const source = await written(`${videos[0]!.name}${format.extensions[0]}`, format.write!(contentsOf(videos), options))
  const read = await readAll(format, source, { videos: known, options })
  expect(read.notes).toEqual([])
  for (const video of videos) {
    const back = read.videos.get(video.name) ?? { ...video, tracks: [], answers: [] }
    const [before, after] = [seenTracks(video), seenTracks({ ...back, frames: video.frames })]
    expect(after.map((one) => one.word).sort()).toEqual(before.map((one) => one.word).sort())
    const unmatched = [...after]
    for (const one of before) {
      const at = unmatched.findIndex((other) => isSeenAlike(one, other, { px, occluded }))
      expect(at, `${format.name}: a track of ${one.word} came back otherwise`).toBeGreaterThanOrEqual(0)
      unmatched.splice(at, 1)
    }
    const said = (list: NeutralVideo) =>
      list.answers.map(({ attribute, value, span }) => `${attribute}=${value} ${JSON.stringify(span)}`).sort()
    const kept = video.answers.filter(({ span }) => format.spans || span === null)
    if (answers) expect(said(back)).toEqual(said({ ...video, answers: kept }))
  }
}

const writable = allFormats.filter(({ name, write, read }) => write && read && name in tolerances)

test('every format that is written is read, or says that it is not, and its losses are said', () => {
  for (const format of allFormats.filter(({ write }) => write)) {
    const isOnlyWritten = format.losses.includes('it is only written: nothing reads it back')
    expect(format.read === null, format.name).toBe(isOnlyWritten)
    expect(format.losses.length, format.name).toBeGreaterThan(0)
  }
})

test.each(writable)('$title: what is written comes back, up to its losses', async (format) => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(video('clip one'), video('other')), async (both) => {
      await expectSame(format, format.name === 'dive' || format.name === 'viame' ? [both[0]] : both)
    }),
    { numRuns: 40, seed: 7 },
  )
})

test.each(['cocovid', 'tao', 'youtube-vis', 'kwcoco'])('COCO video: the dialect %s comes back', async (dialect) => {
  const format = allFormats.find(({ name }) => name === 'coco-video')!
  const visible = video('clip').map((one) => ({
    ...one,
    // YouTube-VIS has no place for it.
    tracks: one.tracks.map((each) => ({ ...each, keyframes: each.keyframes.map((k) => ({ ...k, occluded: false })) })),
  }))
  await fc.assert(
    fc.asyncProperty(visible, (one) => expectSame(format, [one], { dialect })),
    { numRuns: 20, seed: 7 },
  )
})

test.each(writable)(
  '$title: the same contents give the same bytes, and the file is known by its look',
  async (format) => {
    const [sample] = fc.sample(video('clip'), { numRuns: 30, seed: 3 }).filter(({ tracks }) => tracks.length > 1)
    const write = () => written(`clip${format.extensions[0]}`, format.write!(contentsOf([sample!]), {}))
    const [first, second] = [await write(), await write()]
    const bytes = async (source: typeof first) => {
      const files = source.isFolder ? source.files().map((file) => source.open(file)) : [source]
      return Promise.all(files.map(async (file) => (await bytesOf(file)).toString()))
    }
    expect(await bytes(first)).toEqual(await bytes(second))
    const [best] = await new FormatRegistry(allFormats).candidates(first)
    expect(best?.format.name).toBe(format.name)
  },
)
