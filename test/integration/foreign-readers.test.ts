import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NeutralVideo } from '@main/interchange/dataset'
import { allFormats } from '@main/interchange/formats'
import { shownFrames } from '@main/interchange/kit/dense-track'
import { FormatRegistry } from '@main/interchange/registry'
import { diveServer, hasReader, knottyVideo, readBy } from '../support/foreign-readers'
import { contentsOf } from '../support/memory-source'

const registry = new FormatRegistry(allFormats)
const clip = knottyVideo('clip one.mp4')
let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'whynot-readers-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Writes videos as a format below `at`; `file` is the name of a single file. @returns the folder */
async function write(
  format: string,
  videos: readonly NeutralVideo[],
  { at, file = '', options = {} }: { at: string; file?: string; options?: object },
): Promise<string> {
  for (const { path, chunks } of registry.get(format).write!(contentsOf(videos), options)) {
    const to = join(folder, at, path || file)
    mkdirSync(dirname(to), { recursive: true })
    const pieces: Buffer[] = []
    for await (const chunk of chunks) pieces.push(Buffer.from(chunk))
    writeFileSync(to, Buffer.concat(pieces))
  }
  return join(folder, at)
}

interface Seen {
  frame: number
  label: string
  box: readonly number[]
  occluded?: boolean
}

/** Every frame of every track, as a reader should see it. */
const expected: readonly Seen[] = clip.tracks.flatMap(({ attribute, keyframes }) =>
  [...shownFrames(keyframes, clip.frames!)].map(({ frame, box, occluded }) => {
    return { frame, label: attribute!, box: [box.x1, box.y1, box.x2, box.y2], occluded }
  }),
)

/** That a reader found these boxes, each side within `px`. */
function expectAlike(found: readonly Seen[] | undefined, wanted: readonly Seen[], px: number): void {
  const sorted = (boxes: readonly Seen[]) =>
    [...boxes].sort((a, b) => a.frame - b.frame || (a.label < b.label ? -1 : 1))
  const [here, there] = [sorted(found ?? []), sorted(wanted)]
  const bare = ({ frame, label, occluded }: Seen) => `${frame} ${label} ${occluded ?? ''}`
  expect(here.map(bare)).toEqual(there.map(bare))
  const off = here.flatMap(({ box }, i) => box.map((side, k) => Math.abs(side - there[i]!.box[k]!)))
  expect(Math.max(...off)).toBeLessThanOrEqual(px)
}

describe.skipIf(!hasReader('datumaro'))(
  'Datumaro reads every frame of what is written (needs datumaro: npm run slow -- formats)',
  () => {
    const two = [clip, knottyVideo('other')]
    // It keeps two decimals.
    const hundredth = 0.0101

    test('CVAT for video', async () => {
      const found = readBy('datumaro', 'datumaro_reads.py', [
        'cvat',
        await write('cvat', [clip], { at: 'cvat', file: 'clip.xml' }),
      ])
      expectAlike(found.videos['clip'], expected, hundredth)
    })

    test('MOT', async () => {
      const found = readBy('datumaro', 'datumaro_reads.py', ['mot_seq', await write('mot', [clip], { at: 'mot' })])
      const [[name = ''] = []] = Object.entries(found.videos)
      expectAlike(found.videos[name], expected, hundredth)
      expect(new Set(found.videos[name]!.map(({ track }) => track)).size).toBe(2)
    })

    test('COCO, which it takes as pictures', async () => {
      const at = await write('coco-video', two, { at: 'coco/annotations', file: 'instances_default.json' })
      mkdirSync(join(at, '../images'), { recursive: true })
      const found = readBy('datumaro', 'datumaro_reads.py', ['coco', join(at, '..')])
      for (const { name } of two) expectAlike(found.videos[name], expected, hundredth)
    })

    test('its own JSON, answers too', async () => {
      const at = await write('datumaro', two, { at: 'datumaro/annotations', file: 'default.json' })
      const found = readBy('datumaro', 'datumaro_reads.py', ['datumaro', join(at, '..')])
      for (const { name } of two) {
        expectAlike(found.videos[name], expected, hundredth)
        expect(found.answers[name]!.sort()).toEqual(answersOf(clip))
      }
    })
  },
)

describe.skipIf(!hasReader('label-studio'))(
  "Label Studio's converter reads what is written (needs label-studio-sdk: npm run slow -- formats)",
  () => {
    test.each(['keyframes', 'every'])('with its interface: %s', async (frames) => {
      const at = await write('label-studio', [clip], {
        at: `label-studio ${frames}`,
        options: { frames, withInterface: true },
      })
      const found = readBy('label-studio', 'label_studio_reads.py', [join(at, 'tasks.json'), join(at, 'interface.xml')])
      const percent = found.videos['clip one.mp4']!
      const inPixels = percent.map(({ frame, label, box: [x1, y1, x2, y2] }) => {
        return { frame, label, box: [x1! * 2, y1! * 1.8, x2! * 2, y2! * 1.8] }
      })
      const shown = expected.map(({ frame, label, box }) => ({ frame, label, box }))
      const isWritten = ({ frame, label }: Seen) => frames === 'every' || keyFramesOf(label).includes(frame)
      expectAlike(inPixels, shown.filter(isWritten), 0.001)
      // Gone in the next frame: the last one seen before each gap.
      expect(percent.filter(({ enabled }) => !enabled).map(({ frame }) => frame)).toEqual([12, 29])
      expect(found.answers['clip one.mp4']!.sort()).toEqual(answersOf(clip))
    })
  },
)

/** Key frames, and the last frame before a gap. */
function keyFramesOf(label: string): number[] {
  return label === 'person' ? [3, 8, 12, 20, 29] : [0, 39]
}

describe.skipIf(!hasReader('dive'))(
  "DIVE's own readers take what is written (needs dive-source beside its packages: npm run slow -- formats)",
  () => {
    test('DIVE JSON, whose corners its server cuts to whole pixels', async () => {
      const at = await write('dive', [clip], { at: 'dive', file: 'result_clip.json' })
      const found = readBy('dive', 'dive_reads.py', [diveServer, join(at, 'result_clip.json')])
      const unsaid = (boxes: readonly Seen[] = []) => boxes.map(({ frame, label, box }) => ({ frame, label, box }))
      // What lies between two key frames carries no attributes there.
      expectAlike(unsaid(found.videos['']), unsaid(expected), 1)
      expect(found.videos['']!.every(({ fps }) => fps === clip.fps)).toBe(true)
    })

    test('VIAME CSV, whose corners its server rounds', async () => {
      const at = await write('viame', [clip], { at: 'viame', file: 'clip.csv' })
      const found = readBy('dive', 'dive_reads.py', [diveServer, join(at, 'clip.csv')])
      expectAlike(found.videos[''], expected, 0.5)
      expect(found.videos['']!.every(({ fps }) => fps === clip.fps)).toBe(true)
    })
  },
)

function answersOf({ answers }: NeutralVideo): string[][] {
  return answers.map(({ attribute, value }) => [attribute, value]).sort()
}
