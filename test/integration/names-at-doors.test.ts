import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DataReport } from '@shared/contract/interchange'
import { DataPlan } from '@shared/contract/interchange'
import { ImportOptions, type ImportReport } from '@shared/contract/library'
import type { JobId } from '@shared/ids'
import { openTerminal } from '@main/hosts/terminal/node-terminal'
import { runProgram } from '@main/hosts/terminal/program'
import { openDecoder } from '@main/media/decode/open-decoder'
import { encodeClip } from '@main/media/files/encode-clip'
import { builtHost, removeHost } from '../support/built-host'
import { type StudioOfTest, studioIn, tempFolder } from '../support/studio'

const folder = tempFolder()
let host = ''
let project = ''
let count = 0

const nfd = 'Übung'.normalize('NFD')
/** Two films of one name, folders with blanks and taken apart, and one film that lies in two classes. */
const files = {
  ' Jump/clip.mkv': 40,
  [`${nfd}/clip.mkv`]: 80,
  'Grab/one.mkv': 120,
  'Ollie/again.mkv': 120,
  'Grab/two.mkv': 160,
}
const videos = join(folder.path, 'videos')

beforeAll(async () => {
  host = await builtHost()
  const decoder = await openDecoder('auto')
  const made = new Map<number, string>()
  for (const [name, grey] of Object.entries(files)) {
    const file = join(videos, name)
    mkdirSync(dirname(file), { recursive: true })
    const same = made.get(grey)
    if (same) copyFileSync(same, file)
    else {
      const frames = Array.from({ length: 6 }, () => new Uint8Array(32 * 32 * 3).fill(grey))
      await encodeClip(decoder, frames, { file, width: 32, height: 32, fps: 8, lossless: true })
      made.set(grey, file)
    }
  }
})
afterAll(() => {
  folder[Symbol.dispose]()
  removeHost(host)
})
beforeEach(async () => {
  project = join(folder.path, `p${(count += 1)}`)
  expect((await whynot('new', project)).code).toBe(0)
})

/** The terminal, in this process. */
async function whynot(...words: string[]): Promise<{ code: number; out: string; err: string; json: () => unknown }> {
  const seen = { code: 0, out: '', err: '' }
  const terminal = openTerminal({
    ...{ out: { write: (text) => (seen.out += text) }, err: { write: (text) => (seen.err += text) } },
    ...{ cwd: folder.path, env: {}, interrupted: new AbortController().signal },
    exitCode: (code) => (seen.code = code),
  })
  const open = () => studioIn(host, join(folder.path, 'home')).studio
  await runProgram(terminal, { open, browserEntry: '' }, words)
  return { ...seen, json: () => JSON.parse(seen.out) as unknown }
}

const inProject = (...words: string[]) => whynot(...words, '--project', project)

function written(name: string, text: string): string {
  const file = join(folder.path, name)
  writeFileSync(file, text)
  return file
}

/** The same through the contract, as the window and scripts call it. */
async function withApi<T>(act: (own: StudioOfTest, ended: (id: JobId) => Promise<unknown>) => Promise<T>): Promise<T> {
  await using own = studioIn(host, join(folder.path, 'home'))
  await own.api.project.open({ path: project })
  const ended = async (id: JobId) => {
    for await (const _ of own.studio.jobs.watch()) {
      const job = await own.studio.jobs.get(id)
      if (job.state !== 'queued' && job.state !== 'running') return job.result
    }
    throw new Error('the watch ended')
  }
  // Not before it is done may the studio close.
  return await act(own, ended)
}

const jumpAndExercise = [` Jump`, nfd].map((name) => join(videos, name))
const namesOf = ({ api }: StudioOfTest) => api.library.classes().then((all) => all.map(({ name }) => name).sort())

describe('a folder of videos', () => {
  test('gives classes without blanks around them and in one form of each letter, at the terminal', async () => {
    expect((await inProject('import', ...jumpAndExercise)).code).toBe(0)
    await withApi(async (own) => expect(await namesOf(own)).toEqual(['Jump', 'Übung']))
  })

  test('and through the API', async () => {
    await withApi(async (own, ended) => {
      await ended((await own.api.library.import(ImportOptions.parse({ paths: jumpAndExercise }))).job)
      expect(await namesOf(own)).toEqual(['Jump', 'Übung'])
    })
  })
})

describe('one name', () => {
  beforeEach(async () => {
    await inProject('import', videos)
    // The second is another word, though only its case differs.
    await withApi(async ({ api }) => {
      for (const name of ['grab', 'Grab']) await api.library.createAttribute({ name, group: '' })
    })
  })

  const answersOf = ({ studio }: StudioOfTest) => {
    const { videos: stored, attributes, labels } = studio.workspace().project.repositories
    const word = new Map(attributes.rows().map(({ id, name }) => [id, name]))
    return stored
      .all()
      .flatMap(({ id, name }) => labels.ofVideo(id).map(({ attribute }) => `${name}: ${word.get(attribute)}`))
  }

  /** Each door is told of the same video and word, written otherwise than they are called. */
  const doors: Readonly<Record<string, (video: string, word: string) => Promise<unknown>>> = {
    'label at the terminal': (video, word) => inProject('label', '--video', video, '--attributes', word),
    'a file at the terminal': (video, word) =>
      inProject('import-labels', written('labels.csv', `video,attribute\n"${video}",${word}\n`)),
    'label through the API': (name, attribute) =>
      withApi(({ api }) => api.library.label({ labels: [{ of: 'video', name, attribute, value: 'present' }] })),
    'a file through the API': (video, word) =>
      withApi(async ({ api }, ended) => {
        const path = written('labels.csv', `video,attribute\n"${video}",${word}\n`)
        return ended((await api.interchange.import({ path, plan: DataPlan.parse({}) })).job)
      }),
  }

  test.each(Object.keys(doors))('means the same at every door: %s', async (door) => {
    await doors[door]!('jump/clip.mp4', 'Grab')
    await doors[door]!(` ${nfd}/clip `, 'grab')
    await withApi(async (own) => expect(answersOf(own).sort()).toEqual(['Jump/clip: Grab', 'Übung/clip: grab']))
  })

  test('that fits two is a question at every door, and changes nothing', async () => {
    const said = await inProject('label', '--video', 'clip', '--attributes', 'Grab')
    expect([said.code, said.err]).toEqual([1, expect.stringMatching(/Jump\/clip.*Übung\/clip/s)])
    const file = written('labels.csv', 'video,attribute\nclip,Grab\n')
    const asked = await inProject('import-labels', file, '--json')
    const question = { about: 'video', name: 'clip', line: 2, candidates: ['Jump/clip', 'Übung/clip'] }
    expect([asked.code, asked.json()]).toEqual([2, expect.objectContaining({ questions: [question] })])
    await withApi(async (own) => {
      const labels = [{ of: 'video' as const, name: 'clip', attribute: 'Grab', value: 'present' as const }]
      await expect(own.api.library.label({ labels })).rejects.toMatchObject({ code: 'UNKNOWN_NAME' })
      const preview = await own.api.interchange.preview({ path: file, plan: DataPlan.parse({}) })
      expect(preview.questions).toEqual([question])
      expect(answersOf(own)).toEqual([])
    })
  })
})

describe('lists of splits', () => {
  test('a line that fits nothing is named with its number, and the exit code is 2, when videos come in', async () => {
    const train = written('train.txt', `\ufeffJump/clip.avi 1\r\n"Grab/two.mkv",2\r\nJump/clop.avi 1\r\n,,\r\n`)
    const { code, json } = await inProject(
      'import',
      ...jumpAndExercise,
      join(videos, 'Grab'),
      '--train-list',
      train,
      '--json',
    )
    const report = json() as ImportReport
    expect(code).toBe(2)
    expect(report.unlisted).toEqual([{ path: 'line 3', reason: expect.stringContaining('No video of this name') }])
    await withApi(async ({ studio }) => {
      const all = studio.workspace().project.repositories.videos.all()
      expect(Object.fromEntries(all.map(({ name, split }) => [name, split]))).toEqual({
        'Jump/clip': 'train',
        'Übung/clip': null,
        ...{ one: null, two: 'train' },
      })
    })
  })

  test('and when a list is read for videos that are there, in the file, the API and the preview of the window', async () => {
    await inProject('import', videos)
    const list = written('testlist01.txt', 'Grab/two.mkv\nGrab/too.mkv\n')
    const { code, json } = await inProject('import-labels', list, '--json')
    expect(code).toBe(2)
    expect((json() as DataReport).videos).toEqual({ matched: 1, missing: 1, unmatched: ['Grab/too.mkv'] })
    await withApi(async ({ api }) => {
      const preview = await api.interchange.preview({ path: list, plan: DataPlan.parse({}) })
      expect(preview.videos).toEqual({ matched: 1, missing: 1, unmatched: ['Grab/too.mkv'] })
    })
  })

  test('the same bytes in two classes, or in train and test, are asked about in the same order each time', async () => {
    const lists = [
      ...['--train-list', written('train.txt', 'Ollie/again.mkv\n')],
      ...['--test-list', written('test.txt', 'Grab/one.mkv\n')],
    ]
    const seen = new Set<string>()
    for (let i = 0; i < 3; i++) {
      project = join(folder.path, `same${i}`)
      await whynot('new', project)
      const { code, json } = await inProject('import', videos, ...lists, '--json')
      expect(code).toBe(2)
      const { contradictions } = json() as ImportReport
      seen.add(JSON.stringify(contradictions.map(({ about, says }) => ({ about, says }))))
    }
    const says = (...values: string[]) =>
      ['Grab/one.mkv', 'Ollie/again.mkv'].map((name, i) => ({ path: join(videos, name), value: values[i]! }))
    expect([...seen].map((text) => JSON.parse(text) as unknown)).toEqual([
      [
        { about: 'class', says: says('Grab', 'Ollie') },
        { about: 'split', says: says('test', 'train') },
      ],
    ])
    await withApi(async ({ studio }) => {
      const again = studio
        .workspace()
        .project.repositories.videos.all()
        .find(({ name }) => /one|again/.test(name))
      expect(again).toMatchObject({ class: null, split: null })
    })
  })
})
