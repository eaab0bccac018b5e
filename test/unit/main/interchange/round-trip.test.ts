import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { owner } from '@shared/actor'
import { DataExport, DataPlan } from '@shared/contract/interchange'
import type { Split } from '@shared/contract/library'
import { contentsOf } from '@main/interchange/contents'
import type { NeutralVideo } from '@main/interchange/dataset'
import { DataExportService } from '@main/interchange/export-service'
import { allFormats } from '@main/interchange/formats'
import { DataImportService } from '@main/interchange/import-service'
import { FormatRegistry } from '@main/interchange/registry'
import { anyVideo } from '../../../support/arbitrary-video'
import { aProject } from '../../../support/project'
import { isSeenAlike, seenTracks } from '../../../support/seen-tracks'

/** What a format keeps of a project; what it declares as lost is left out. */
interface Kept {
  /** Boxes, each side within so many px, and whether they are hidden; null where it has none. */
  boxes: { px: number; occluded: boolean } | null
  /** Answers of each video, of each class as most of its videos have them, or none. */
  answers: 'each' | 'class' | 'none'
  /** Of which videos class and split come back. */
  placed: 'all' | 'answered' | 'in a split' | 'none'
  /** Its file holds one video, and is called as that. */
  isOne?: true
}

const near = { px: 0.006, occluded: true }
const boxesOnly = { answers: 'none', placed: 'none' } as const
const both = { answers: 'each', placed: 'none' } as const

const kept: Readonly<Record<string, Kept>> = {
  jsonl: { boxes: { px: 0, occluded: true }, answers: 'each', placed: 'all' },
  labels: { boxes: null, answers: 'each', placed: 'answered' },
  cvat: { boxes: near, ...both },
  'label-studio': { boxes: { px: 1e-6, occluded: false }, ...both },
  via3: { boxes: near, ...both },
  'via3-csv': { boxes: near, ...both },
  mot: { boxes: near, ...boxesOnly },
  'coco-video': { boxes: near, ...both },
  viame: { boxes: near, ...boxesOnly, isOne: true },
  dive: { boxes: { px: 1e-6, occluded: true }, ...boxesOnly, isOne: true },
  datumaro: { boxes: { px: 0.02, occluded: true }, ...both },
  ava: { boxes: { px: 0.02, occluded: false }, ...boxesOnly },
  matrix: { boxes: null, answers: 'class', placed: 'none' },
  lists: { boxes: null, answers: 'none', placed: 'in a split' },
  classes: { boxes: null, answers: 'none', placed: 'none' },
}

const classes = ['Jump', 'high jump', 'Übung, "zwei"']
const placed = fc.record({
  class: fc.constantFrom(...classes),
  split: fc.constantFrom<Split | null>('train', 'test', null),
})
const anyProject: fc.Arbitrary<NeutralVideo[]> = fc
  .tuple(...['clip one', 'b, "two"', '赤い 3'].map((name) => fc.tuple(anyVideo(name), placed)))
  .map((videos) => videos.map(([video, about]) => ({ ...video, ...about })))

const formats = new FormatRegistry(allFormats)

type Made = ReturnType<typeof aProject>

/** @param whole false for the videos alone, with their classes where `withClasses` */
function fill({ build }: Made, videos: readonly NeutralVideo[], whole: boolean, withClasses: boolean): void {
  const ofClass = new Map(whole || withClasses ? classes.map((name) => [name, build.class(name)]) : [])
  const words = videos.flatMap(({ answers, tracks }) => [...answers, ...tracks].map(({ attribute }) => attribute!))
  const word = new Map(whole ? [...new Set(words)].map((name) => [name, build.attribute(name)]) : [])
  for (const { name, class: of, split, frames, width, height, fps, answers, tracks } of videos) {
    const timestampsMs = Array.from({ length: frames! }, (_, i) => (i * 1000) / fps!)
    const record = { frames: frames!, width: width!, height: height!, fps: fps!, timestampsMs }
    const id = build.video({ name, class: ofClass.get(of!) ?? null, split: whole ? split : null, record })
    if (!whole) continue
    for (const { attribute, value, span } of answers) {
      if (span) build.span(id, word.get(attribute)!, [span.from, span.to])
      else build.label(id, word.get(attribute)!, value)
    }
    for (const { attribute, keyframes } of tracks) build.track(id, word.get(attribute!)!, keyframes)
  }
}

/** One project written as a file of a format, and that file read into another of the same films. */
async function thereAndBack(format: string, videos: readonly NeutralVideo[]): Promise<[before: Made, after: Made]> {
  const [from, to] = [aProject(), aProject()]
  fill(from, videos, true, true)
  fill(to, videos, false, kept[format]!.answers === 'class')
  const signal = new AbortController().signal
  const [extension] = formats.get(format).extensions
  const out = join(from.folder, 'exports', `${videos[0]!.name}${extension}`)
  await new DataExportService({ project: from.project, formats }).export(DataExport.parse({ format, out }), signal)
  const service = new DataImportService({ project: to.project, formats, onChange: () => {} })
  const report = await service.import(out, DataPlan.parse({ format }), { by: owner.id, signal })
  expect(report).toMatchObject({ questions: [], leftOut: [], losses: [], videos: { unmatched: [] } })
  expect(report.rows).toMatchObject({ skipped: 0, outOfRange: 0 })
  return [from, to]
}

function expectBoxes(before: NeutralVideo, after: NeutralVideo, tolerance: { px: number; occluded: boolean }): void {
  const unmatched = seenTracks(after)
  for (const one of seenTracks(before)) {
    const at = unmatched.findIndex((other) => isSeenAlike(one, other, tolerance))
    expect(at, `${before.name}: a track of ${one.word} came back otherwise`).toBeGreaterThanOrEqual(0)
    unmatched.splice(at, 1)
  }
  expect(unmatched).toEqual([])
}

const whole = ({ answers }: NeutralVideo) => answers.filter(({ span }) => span === null)
const said = (video: NeutralVideo) =>
  whole(video)
    .map(({ attribute, value }) => `${attribute}=${value}`)
    .sort()
const seen = ({ answers }: NeutralVideo) =>
  answers.flatMap(({ attribute, span }) => (span ? `${attribute} ${span.from} ${span.to}` : [])).sort()

/** What most videos of a class say. */
function saidByMost(videos: readonly NeutralVideo[], of: string | null): string[] {
  const sums = new Map<string, number>()
  for (const video of videos.filter((one) => one.class === of))
    for (const { attribute, value } of whole(video))
      sums.set(attribute, (sums.get(attribute) ?? 0) + { present: 1, absent: -1, unsure: 0 }[value])
  return [...sums].flatMap(([word, sum]) => (sum === 0 ? [] : [`${word}=${sum > 0 ? 'present' : 'absent'}`])).sort()
}

function isPlaced({ answers, split }: NeutralVideo, which: Kept['placed']): boolean {
  if (which === 'answered') return answers.length > 0
  return which === 'in a split' ? split !== null : which === 'all'
}

test('every format that is written and read is taken there and back', () => {
  const names = allFormats.filter(({ read, write }) => read && write).map(({ name }) => name)
  expect(Object.keys(kept).sort()).toEqual(names.sort())
})

test.each(Object.keys(kept))(
  'a project written as %s and read into one of the same films is the same, up to the declared losses',
  async (format) => {
    const { boxes, answers, placed: which, isOne } = kept[format]!
    await fc.assert(
      fc.asyncProperty(anyProject, async (all) => {
        const videos = isOne ? all.slice(0, 1) : all
        const made = await thereAndBack(format, videos)
        try {
          const [before, after] = made.map(({ project }) => [...contentsOf(project.repositories).videos()])
          for (const [i, video] of before!.entries()) {
            const back = after![i]!
            if (boxes) expectBoxes(video, back, boxes)
            if (answers === 'each') expect(said(back)).toEqual(said(video))
            if (formats.get(format).spans) expect(seen(back)).toEqual(seen(video))
            else expect(seen(back)).toEqual([])
            if (answers === 'class') expect(said(back)).toEqual(saidByMost(before!, video.class))
            if (isPlaced(video, which)) expect([back.class, back.split]).toEqual([video.class, video.split])
          }
          if (format === 'classes')
            expect([...contentsOf(made[1].project.repositories).classes].sort()).toEqual([...classes].sort())
        } finally {
          for (const one of made) one.remove()
        }
      }),
      { numRuns: 2, seed: 5 },
    )
  },
)
