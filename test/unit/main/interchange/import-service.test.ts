import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { owner } from '@shared/actor'
import { DataExport } from '@shared/contract/interchange'
import { PersonId, type VideoId } from '@shared/ids'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { allFormats } from '@main/interchange/formats'
import { DataExportService } from '@main/interchange/export-service'
import { DataImportService } from '@main/interchange/import-service'
import { FormatRegistry } from '@main/interchange/registry'
import { importText } from '../../../support/interchange'
import { aLibrary } from '../../../support/library'
import { aProject } from '../../../support/project'

let made: ReturnType<typeof aProject>
beforeEach(() => (made = aProject()))
afterEach(() => made.remove())

const labels = (text: string, more = {}) => importText(made.project, { name: 'labels.csv', text, ...more })

/** Imports what people say of the attribute "pole" in one clip, of all of it or of spans. */
function spansIn(answers: readonly object[], plan: object = {}) {
  const said = { source: 'person', person: null, at: null, confidence: null, value: 'present', attribute: 'pole' }
  const unsaid = { sha256: null, path: null, class: null, split: null, group: null }
  const sizes = { frames: null, width: null, height: null, fps: null }
  const all = answers.map((answer) => ({ ...said, span: null, ...answer }))
  const text = JSON.stringify({ kind: 'video', name: 'clip', answers: all, tracks: [], ...unsaid, ...sizes })
  return importText(made.project, { name: 'a.jsonl', text, ...plan })
}

describe('spans of a file', () => {
  const span = (from: number, to: number) => ({ span: { from, to } })
  let video: VideoId
  beforeEach(() => (video = made.build.video({ name: 'clip' })))
  const ends = () => made.project.repositories.spans.ofVideo(video).map(({ from, to }) => [from, to])
  const values = () => made.project.repositories.answers.ofVideo(video).map(({ value }) => value)

  test('come with the answer they are part of, said in the file or not, joined where they touch; one step back', async () => {
    const report = await spansIn([span(9, 12), span(2, 4), span(5, 6)])
    expect(report).toMatchObject({ answers: 1, spans: 2, losses: [], rows: { duplicate: 0 } })
    expect([ends(), values()]).toEqual([
      [
        [2, 6],
        [9, 12],
      ],
      ['present'],
    ])
    const library = aLibrary(made.project)
    expect(library.undo(owner).label).toBe('Import 1 answer and 2 spans')
    expect([ends(), values()]).toEqual([[], []])
    library.redo(owner)
    expect(ends()).toHaveLength(2)
  })

  test('beside the answer of the whole video are no second answer', async () => {
    for (const answers of [
      [{}, span(2, 4)],
      [span(2, 4), {}],
    ]) {
      expect(await spansIn(answers)).toMatchObject({ answers: 1, spans: 1, rows: { duplicate: 0 } })
      aLibrary(made.project).undo(owner)
    }
  })

  test('are shifted, cut at the end of the video, and left out beyond it, each with its reason', async () => {
    const report = await spansIn([span(1, 4), span(80, 200), span(300, 301), span(7, 6)], { shift: -1 })
    expect(ends()).toEqual([
      [0, 3],
      [79, 89],
    ])
    expect(report.reasons.map(({ kind, reason }) => `${kind}: ${reason}`)).toEqual([
      'clamped: clip: a span reached beyond its frames 0 to 89',
      'outOfRange: clip: a span from frame 299 to 300: it has frames 0 to 89',
      'skipped: clip: a span ends before it begins',
    ])
  })

  test('of an attribute that the file says is absent are left out', async () => {
    const report = await spansIn([{ value: 'absent' }, span(2, 4)])
    expect([ends(), values()]).toEqual([[], ['absent']])
    expect(report.reasons).toMatchObject([{ kind: 'skipped', reason: expect.stringContaining('the answer counts') }])
  })

  test('are added to an answer of before, and keep away from what was said otherwise', async () => {
    const pole = made.build.attribute('pole')
    made.build.label(video, pole)
    expect(await spansIn([span(2, 4)])).toMatchObject({ answers: 0, spans: 1, kept: 0 })
    expect(await spansIn([span(2, 4)])).toMatchObject({ answers: 0, spans: 0, kept: 0 })
    expect(await spansIn([span(6, 9)])).toMatchObject({ answers: 0, spans: 0, kept: 1 })
    expect(ends()).toEqual([[2, 4]])
    expect(await spansIn([span(6, 9)], { existing: 'replace' })).toMatchObject({ answers: 1, spans: 1 })
    expect(ends()).toEqual([[6, 9]])
    aLibrary(made.project).undo(owner)
    expect(ends()).toEqual([[2, 4]])
    made.build.label(video, pole, 'absent')
    made.project.repositories.spans.remove(made.project.repositories.spans.ofVideo(video).map(({ id }) => id))
    expect(await spansIn([span(6, 9)])).toMatchObject({ answers: 0, spans: 0, kept: 1 })
    expect([ends(), values()]).toEqual([[], ['absent']])
  })

  test("stay out where another person's answer is kept, and come beside it where that is asked for", async () => {
    const pole = made.build.attribute('pole')
    const ann = PersonId.parse('Ann')
    made.project.repositories.answers.set({ video, attribute: pole, person: ann }, { value: 'present', at: null })
    expect(await spansIn([span(6, 9)])).toMatchObject({ answers: 0, spans: 0, kept: 1 })
    expect(await spansIn([{ ...span(6, 9), person: 'Ben' }], { existing: 'add' })).toMatchObject({
      answers: 1,
      spans: 1,
    })
    expect(made.project.repositories.spans.ofVideo(video)).toMatchObject([{ person: 'Ben', from: 6, to: 9 }])
  })
})

describe('an import', () => {
  test('makes the words it needs, fills whole classes, keeps what people said, and is one step back', async () => {
    const { build, project } = made
    const kickflip = build.class('Kickflip')
    const flips = build.attribute('board flips')
    const [first, second] = ['Kickflip1', 'Kickflip2'].map((name) => build.video({ name, class: kickflip }))
    build.label(first!, flips, 'absent')
    const report = await labels('class,attribute\nkickflip,Board flips\nkickflip,feet leave board')
    expect(report).toMatchObject({
      format: 'labels',
      dryRun: false,
      answers: 3,
      kept: 1,
      classes: 1,
      attributes: 2,
      newAttributes: ['feet leave board'],
      rows: { read: 2, skipped: 0 },
    })
    const { labels: stored } = project.repositories
    expect(stored.ofVideo(first!)).toMatchObject([
      { attribute: flips, value: 'absent', source: 'person' },
      { value: 'present', source: 'class' },
    ])
    expect(stored.ofVideo(second!)).toHaveLength(2)
    const library = aLibrary(project)
    expect(library.undo(owner).label).toBe('Import 3 answers')
    expect(stored.ofVideo(second!)).toEqual([])
    expect((await library.attributes()).map(({ name }) => name)).toEqual(['board flips'])
  })

  test('that changes a class brings what is said of the new one, and takes what was said of the old one, in its one step', async () => {
    const { build, project } = made
    const [jump, run] = [build.class('Jump'), build.class('Run')]
    const [ball, pole, wall] = ['ball', 'pole', 'wall'].map((name) => build.attribute(name))
    const [one, two] = [build.video({ name: 'one', class: jump }), build.video({ name: 'two', class: run })]
    const library = aLibrary(project)
    library.setClassPrior(owner, jump, [ball!])
    library.setClassPrior(owner, run, [pole!, wall!])
    const said = (video: VideoId) =>
      project.repositories.labels
        .ofVideo(video)
        .map(
          ({ attribute, value, source }) => `${project.repositories.attributes.get(attribute).name} ${value} ${source}`,
        )
        .sort()
    const before = said(one)
    await labels('video,class,attribute,value\none,Run,wall,absent', { existing: 'replace' })
    expect(said(one)).toEqual(['pole present class', 'wall absent person'])
    expect(said(two)).toEqual(['pole present class', 'wall present class'])
    library.undo(owner)
    expect(said(one)).toEqual(before)
  })

  test('makes no word of what is no name, and says so', async () => {
    made.build.video({ name: 'clip' })
    const text = `video,attribute\nclip,"two\nlines"\nclip,${'x'.repeat(201)}\nclip,pole`
    const report = await labels(text)
    expect(report).toMatchObject({ newAttributes: ['pole'], rows: { skipped: 2 }, answers: 1 })
    expect(report.reasons.map(({ reason }) => reason)).toEqual([
      '"two\\nlines": the name holds a line break or a control character',
      `"${'x'.repeat(60)}...": the name has more than 200 characters`,
    ])
  })

  test('reads back words that were guarded against sheets', async () => {
    made.build.video({ name: 'clip' })
    expect(await labels("video,attribute\nclip,'＝1\nclip,' =2")).toMatchObject({ newAttributes: ['＝1', '=2'] })
  })

  test('that is only tried says the same and changes nothing', async () => {
    const { build, project } = made
    build.video({ name: 'clip' })
    const text = 'video,attribute,value\nclip.mov,pole,1\nclap,pole,1\nclip,ball,maybe'
    const tried = await labels(text, { dryRun: true })
    expect(project.repositories.attributes.count()).toBe(0)
    expect(await labels(text)).toEqual({ ...tried, dryRun: false, step: expect.any(Number) })
    expect(tried).toMatchObject({
      videos: { matched: 1, missing: 1, unmatched: ['clap'] },
      reasons: [{ kind: 'skipped', line: 4, count: 1 }],
      answers: 1,
    })
  })

  test('asks about a name that fits several videos, and takes what the answer is', async () => {
    const { build, project } = made
    const [a, b] = ['a/clip', 'b/clip'].map((name) => build.video({ name, path: `/x/${name}.mp4` }))
    const text = 'video,attribute\nclip,pole\na/clip.mp4,ball\nnobody,ball'
    const asked = await labels(text, { dryRun: true })
    expect(asked.questions).toEqual([{ about: 'video', name: 'clip', line: 2, candidates: ['a/clip', 'b/clip'] }])
    expect(asked.videos).toEqual({ matched: 1, missing: 2, unmatched: ['clip', 'nobody'] })
    const answered = await labels(text, { videos: { clip: 'b/clip', nobody: null } })
    expect(answered).toMatchObject({ questions: [], videos: { matched: 2, unmatched: [] } })
    expect(project.repositories.labels.ofVideo(a!)).toHaveLength(1)
    expect(project.repositories.labels.ofVideo(b!)).toHaveLength(1)
  })

  test('keeps answers that people gave, or puts its own in their place, as asked', async () => {
    const { build, project } = made
    const [video, pole] = [build.video({ name: 'clip' }), build.attribute('pole')]
    build.label(video, pole, 'absent')
    const stored = () => project.repositories.labels.ofVideo(video)
    expect(await labels('video,attribute\nclip,pole')).toMatchObject({ kept: 1, answers: 0 })
    expect(stored()).toMatchObject([{ value: 'absent' }])
    expect(await labels('video,attribute\nclip,pole', { existing: 'replace', person: 'Ann' })).toMatchObject({
      kept: 0,
      answers: 1,
    })
    expect(stored()).toMatchObject([{ value: 'present', annotator: 'Ann' }])
  })

  test('of the same answer twice takes the later one and says so', async () => {
    const { build, project } = made
    const video = build.video({ name: 'clip' })
    expect(await labels('video,attribute,value\nclip,pole,1\nclip,Pole,0')).toMatchObject({
      answers: 1,
      rows: { duplicate: 1 },
      reasons: [{ line: 3 }],
    })
    expect(project.repositories.labels.ofVideo(video)).toMatchObject([{ value: 'absent' }])
  })

  test('keeps when something was said, and makes up no time where the file says none, or no day', async () => {
    const { build, project } = made
    const video = build.video({ name: 'clip' })
    await labels(
      'video,attribute,value,person,time\nclip,pole,1,Ann,2026-03-01T10:00:00Z\nclip,ball,1,Ann,\nclip,water,1,Ann,soon',
    )
    const times = project.repositories.answers.ofVideo(video).map(({ at }) => at)
    expect(times.sort()).toEqual([Date.UTC(2026, 2, 1, 10), null, null])
  })

  test('that says absent of some frames counts for the whole video, and the report says so', async () => {
    made.build.video({ name: 'clip' })
    const [report] = [await spansIn([{ value: 'absent', span: { from: 1, to: 2 } }])]
    expect(report).toMatchObject({
      ...{ answers: 1, spans: 0 },
      losses: [{ what: 'the frames an answer speaks of: it counts for the whole video', count: 1 }],
    })
  })

  test('keeps apart words that differ in case only', async () => {
    const { build, project } = made
    const video = build.video({ name: 'clip' })
    const [, upper] = [build.attribute('grab'), build.attribute('Grab')]
    await labels('video,attribute\nclip,Grab')
    expect(project.repositories.labels.ofVideo(video)).toMatchObject([{ attribute: upper }])
  })

  test('leaves new words out where that is asked for, and says which', async () => {
    made.build.video({ name: 'clip' })
    expect(await labels('video,attribute\nclip,pole', { newWords: 'leave' })).toMatchObject({
      answers: 0,
      leftOut: ['pole'],
    })
  })

  test('makes no class of what is said only of videos that are not there', async () => {
    made.build.video({ name: 'one' })
    const report = await labels('video,class,attribute\none,Jump,pole\ntwo,Run,pole')
    expect(report).toMatchObject({ newClasses: ['Jump'], videos: { matched: 1, missing: 1 } })
  })

  test('counts all names that fit no video, and lists the first of them', async () => {
    const rows = Array.from({ length: 2_500 }, (_, i) => `clip ${i},pole`)
    const { videos } = await labels(`video,attribute\n${rows.join('\n')}`, { dryRun: true })
    expect([videos.missing, videos.unmatched.length]).toEqual([2_500, 2_000])
  })

  test('gives a class and a split, but asks where the file contradicts itself', async () => {
    const { build, project } = made
    const [one, two] = ['one', 'two'].map((name) => build.video({ name }))
    const text =
      'video,class,split,attribute\none,Jump,train,pole\ntwo,Jump,train,pole\ntwo,Run,test,ball\none,Jump,train,ball'
    expect((await labels(text)).questions).toEqual([
      { about: 'class of a video', name: 'two', line: 4, candidates: ['Jump', 'Run'] },
      { about: 'split of a video', name: 'two', line: 4, candidates: ['test', 'train'] },
    ])
    const { videos, classes } = project.repositories
    expect(videos.get(one!)).toMatchObject({ class: classes.byName('Jump')!.id, split: 'train' })
    expect(videos.get(two!)).toMatchObject({ class: null, split: null })
  })

  test('of a file that no format fits is refused with the formats there are', async () => {
    await expect(importText(made.project, { name: 'a.bin', text: 'hello' })).rejects.toMatchObject({
      code: 'FORMAT_UNKNOWN',
      data: { known: expect.arrayContaining(['labels']) },
    })
    await expect(labels('video,attribute\na,b', { format: 'nonsense' })).rejects.toMatchObject({ code: 'UNKNOWN_NAME' })
  })
})

describe('an import beside what others say', () => {
  test('adds answers and boxes of another person, and keeps those that person gave', async () => {
    const { build, project } = made
    const [pole, clip] = [build.attribute('pole'), build.video({ name: 'clip' })]
    build.label(clip, pole, 'absent')
    const added = { existing: 'add' as const, person: 'Ben' }
    expect(await labels('video,attribute\nclip,pole', added)).toMatchObject({ answers: 1, kept: 0, person: 'Ben' })
    const said = () =>
      project.repositories.answers
        .ofVideo(clip)
        .map(({ person, value }) => [person, value])
        .sort()
    expect(said()).toEqual(
      [
        ['Ben', 'present'],
        [owner.id, 'absent'],
      ].sort(),
    )
    expect(await labels('video,attribute,value\nclip,pole,absent', added)).toMatchObject({ answers: 0, kept: 1 })
    expect(said()).toHaveLength(2)
  })

  test('needs to know who that is', async () => {
    made.build.video({ name: 'clip' })
    const report = await labels('video,attribute\nclip,pole', { existing: 'add' })
    expect(report).toMatchObject({ answers: 0, rows: { skipped: 1 } })
    expect(report.reasons[0]?.reason).toBe('the file names nobody; say as which person it is added')
  })
})

test('words that are not there are named, whatever is to become of them', async () => {
  made.build.video({ name: 'clip' })
  made.build.attribute('pole')
  const text = 'video,class,attribute\nclip,Jump,Pole\nclip,Jump,stick\nclip,Jump,water'
  const tried = (plan: object) => labels(text, { dryRun: true, ...plan })
  const unknown = { classes: ['Jump'], attributes: ['stick', 'water'] }
  expect((await tried({})).unknown).toEqual(unknown)
  expect((await tried({ newWords: 'leave' })).unknown).toEqual(unknown)
  const meant = await tried({ attributes: { stick: 'pole', water: null }, classes: { Jump: null } })
  expect(meant).toMatchObject({ unknown, newAttributes: [], newClasses: [], attributes: 1 })
})

test('an import is taken back whole, unless something else was done in the library since', async () => {
  const { build, project } = made
  build.video({ name: 'clip' })
  const service = new DataImportService({ project, formats: new FormatRegistry(allFormats), onChange: () => {} })
  const first = await labels('video,attribute\nclip,pole')
  const second = await labels('video,attribute\nclip,water')
  await expect(service.undo(owner, first.step!)).rejects.toMatchObject({ code: 'NOT_LAST_STEP' })
  expect(await service.undo(owner, second.step!)).toEqual({ label: 'Import 1 answer' })
  expect(await service.undo(owner, first.step!)).toEqual({ label: 'Import 1 answer' })
  expect(project.repositories.attributes.count()).toBe(0)
})

describe('one rule of names at every door', () => {
  test.each([
    ['answers', 'labels.csv', 'video,class,attribute\nclip.mp4,Jump, grab\n', { attributes: 1 }],
    ['a list', 'trainlist01.txt', ' JUMP/clip.avi 1\n', {}],
    ['a list of classes in NFD', 'classInd.txt', `1 ${'Übung'.normalize('NFD')}\n2 jump \n`, { classes: 2 }],
    ['our own lines', 'a.jsonl', '{"kind":"class","name":" Jump"}\n{"kind":"class","name":"ÜBUNG"}\n', { classes: 2 }],
  ])('%s', async (_, name, text, counts) => {
    const { build, project } = made
    build.class('Jump')
    build.class('Übung')
    build.attribute('Grab')
    build.video({ name: 'clip' })
    const report = await importText(project, { name, text })
    expect(report).toMatchObject({ newClasses: [], newAttributes: [], ...counts })
    expect(report.videos.unmatched).toEqual([])
  })
})

test('half a character in a word is marked once, means the same again, and leaves in every format', async () => {
  const { build, project } = made
  build.video({ name: 'clip' })
  const words = [
    '{"kind":"dataset","version":1}',
    '{"kind":"attribute","name":"a \\ud83d","group":"","side":"none","description":""}',
  ]
  const text = `${words.join('\n')}\n`
  expect(await importText(project, { name: 'all.jsonl', text })).toMatchObject({ newAttributes: ['a \ufffd'] })
  expect(await importText(project, { name: 'all.jsonl', text })).toMatchObject({ newAttributes: [] })
  const formats = new FormatRegistry(allFormats)
  for (const { name } of allFormats.filter(({ write }) => write !== null)) {
    const out = join(project.folder, `out-${name}.zip`)
    const wanted = DataExport.parse({ format: name, out })
    await new DataExportService({ project, formats }).export(wanted, new AbortController().signal)
    expect(existsSync(out), name).toBe(true)
  }
})
