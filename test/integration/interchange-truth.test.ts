import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { allFormats } from '@main/interchange/formats'
import { FormatRegistry } from '@main/interchange/registry'
import { openSource } from '@main/interchange/source/open-source'
import { type Source, bytesOf } from '@main/interchange/source/source'
import { aFolder } from '../support/interchange'
import { contentsOf, memoryFile, readAll, written } from '../support/memory-source'
import { hasSharedData, sharedData } from '../support/shared-data'
import { type Truth, expectedOf, seenOf, truthClip, truthVideo } from '../support/truth'
import { type Texts, formsOf } from '../support/truth-forms'

const python = spawnSync('python3', ['--version']).status === 0
const registry = new FormatRegistry(allFormats)

/** A file that holds the truth: made by the fixtures' own script, or written here. */
interface TruthFile {
  format: string
  /** Of the fixtures; left out, what this studio writes. */
  file?: string
  /** How it is written here. */
  writing?: object
  /** How near its numbers are, px, and whether it tells hidden objects. */
  px: number
  occluded: boolean
  /** Whether boxes end at the edge of the picture. */
  cut?: true
}

const files: readonly TruthFile[] = [
  { format: 'cvat', file: 'cvat_video_1.1.xml', px: 0.006, occluded: true },
  { format: 'label-studio', file: 'label_studio.json', px: 1e-3, occluded: false },
  { format: 'mot', file: 'mot', px: 0.011, occluded: true },
  { format: 'coco-video', file: 'coco_video.json', px: 1e-3, occluded: true },
  { format: 'viame', file: 'viame.csv', px: 0.51, occluded: true },
  { format: 'viame', file: 'viame_bom_crlf.csv', px: 0.51, occluded: true },
  { format: 'jsonl', px: 1e-3, occluded: true },
  { format: 'cvat', px: 0.006, occluded: true },
  { format: 'label-studio', px: 1e-3, occluded: false },
  { format: 'via3', px: 1e-2, occluded: true },
  { format: 'via3-csv', px: 1e-2, occluded: true },
  { format: 'mot', px: 0.011, occluded: true },
  ...['cocovid', 'tao', 'kwcoco'].map((dialect) => {
    return { format: 'coco-video', writing: { dialect }, px: 1e-2, occluded: true }
  }),
  { format: 'coco-video', writing: { dialect: 'youtube-vis' }, px: 1e-2, occluded: false },
  { format: 'viame', px: 1e-2, occluded: true },
  { format: 'dive', px: 1e-3, occluded: true },
  { format: 'datumaro', px: 0.021, occluded: true },
  { format: 'ava', px: 0.021, occluded: false, cut: true },
]

const plain = (texts: Texts): Texts => texts
const all = (change: (text: string) => string) => (texts: Texts) =>
  new Map([...texts].map(([path, text]) => [path, change(text)]))
const windows = (text: string) => text.replace(/\r?\n/g, '\r\n')
const marked = (text: string) => `\ufeff${text}`

const forms = [
  'as it is',
  'with a mark',
  'with line ends of Windows',
  'with both',
  'shuffled',
  'bare',
  'all of it',
] as const

function put(format: string, form: (typeof forms)[number]): (texts: Texts) => Texts {
  const { shuffled, bare } = formsOf[format]!
  const both = all((text) => marked(windows(text)))
  return {
    'as it is': plain,
    'with a mark': all(marked),
    'with line ends of Windows': all(windows),
    'with both': both,
    shuffled,
    bare,
    'all of it': (texts: Texts) => both(shuffled(bare(texts))),
  }[form]
}

async function textsOf(source: Source): Promise<Texts> {
  if (!source.isFolder) return new Map([['', (await bytesOf(source)).toString().replace(/^\ufeff/, '')]])
  const files = source.files().map(async (path) => [path, (await bytesOf(source.open(path))).toString()] as const)
  return new Map(await Promise.all(files))
}

test('every format that holds boxes in time and is both read and written is in the matrix', () => {
  const withBoxes = allFormats.filter(
    ({ read, write, losses }) => read && write && !losses.some((loss) => /everything but|boxes and tracks/.test(loss)),
  )
  expect([...new Set(files.map(({ format }) => format))].sort()).toEqual(withBoxes.map(({ name }) => name).sort())
})

describe.skipIf(!hasSharedData || !python)('one truth in every format (needs shared data and python3)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'whynot-truth-'))
  if (hasSharedData && python) execFileSync('python3', [sharedData('make_annotation_fixtures.py'), folder])
  const truth = hasSharedData && python ? (JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth) : null
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** The file as it is made, and its name. */
  async function original({ format, file, writing = {} }: TruthFile): Promise<[name: string, texts: Texts]> {
    const { write, extensions } = registry.get(format)
    if (!file) {
      const source = await written(`cfr30${extensions[0]}`, write!(contentsOf([truthVideo(truth!)]), writing))
      return [source.name, await textsOf(source)]
    }
    const source = await openSource(join(folder, file))
    try {
      return [file, await textsOf(source)]
    } finally {
      source.close()
    }
  }

  describe.each(
    files.map(
      (file) => [`${file.file ?? `${file.format} written here`} ${JSON.stringify(file.writing ?? '')}`, file] as const,
    ),
  )('%s', (_, file) => {
    test.each(forms)('%s', async (form) => {
      const { format } = file
      const [name, texts] = await original(file)
      const changed = put(format, form)(texts)
      const source = changed.has('') ? memoryFile(name, changed.get('')!) : aFolder(name, Object.fromEntries(changed))
      const [best] = await registry.candidates(source)
      expect(best?.format.name).toBe(format)
      const options = ['mot', 'viame', 'cvat', 'dive'].includes(format) ? { video: 'cfr30' } : {}
      const { videos, notes } = await readAll(best!.format, source, { videos: [truthClip], options })
      expect(notes).toEqual([])
      const seen = seenOf([...videos.values()])
      expect(seen).toEqual(expectedOf(truth!, file, seen))
    })
  })
})
