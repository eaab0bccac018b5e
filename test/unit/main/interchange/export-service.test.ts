import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DataExport } from '@shared/contract/interchange'
import { PersonId, TrackId } from '@shared/ids'
import { unpackProject } from '@main/interchange/archive'
import { DataExportService } from '@main/interchange/export-service'
import { allFormats } from '@main/interchange/formats'
import { FormatRegistry } from '@main/interchange/registry'
import { openProject } from '@main/project/project'
import { newId } from '@main/store/database/new-id'
import { importText } from '../../../support/interchange'
import { aKeyframe, aProject } from '../../../support/project'

let made: ReturnType<typeof aProject>
beforeEach(() => {
  made = aProject()
  const { build } = made
  const [jump, pole] = [build.class('Jump'), build.attribute('pole')]
  const video = build.video({ name: 'clip', class: jump, split: 'train' })
  build.label(video, pole)
  build.track(video, pole, [aKeyframe(10), aKeyframe(20, 5), aKeyframe(30, 5, { outside: true })])
  build.video({ name: 'a,"b"', class: jump, split: 'test' })
})
afterEach(() => made.remove())

function exported(format: string, name: string, signal = new AbortController().signal, more: object = {}) {
  const service = new DataExportService({ project: made.project, formats: new FormatRegistry(allFormats) })
  const out = join(made.folder, 'exports', name)
  return service.export(DataExport.parse({ format, out, ...more }), signal)
}

test('a file is written with its counts and what it does not hold', async () => {
  expect(await exported('labels', 'all.csv')).toMatchObject({
    format: 'labels',
    ...{ videos: 2, tracks: 1, boxes: 20 },
    losses: expect.arrayContaining(['boxes and tracks']),
  })
  const text = readFileSync(join(made.folder, 'exports/all.csv'), 'utf8')
  expect(text).toBe('video,class,split,attribute,value,source,person,time\r\nclip,Jump,train,pole,present,person,,\r\n')
})

test('a format without spans says how many it leaves out, and nothing where there are none', async () => {
  const { build, project } = made
  const spans = 'spans: from which frame to which an attribute is seen'
  expect((await exported('labels', 'none.csv')).losses.join()).not.toContain(spans)
  const video = project.repositories.videos.byName('clip')
  const pole = project.repositories.attributes.byName('pole')!.id
  build.span(video!.id, pole, [2, 4])
  expect((await exported('labels', 'one.csv')).losses).toContain(`1 ${spans.replace('spans', 'span')}`)
  build.span(video!.id, pole, [9, 9])
  expect((await exported('labels', 'two.csv')).losses).toContain(`2 ${spans}`)
  const text = readFileSync(join(made.folder, 'exports/two.csv'), 'utf8')
  expect(text.match(/pole/g)).toHaveLength(1)
  expect((await exported('via3', 'two.json')).losses.join()).not.toContain('spans')
})

test('what a tracker proposed, and nobody confirmed, is in no file', async () => {
  const { build, project } = made
  const [video] = project.repositories.videos.all()
  const proposed = { proposed: true }
  build.track(video!.id, build.attribute('ball'), [aKeyframe(1), aKeyframe(4, 9, proposed), aKeyframe(6, 9, proposed)])
  build.track(video!.id, build.attribute('ring'), [aKeyframe(2, 0, proposed)])
  for (const whose of ['consensus', 'each'] as const) {
    const { tracks } = await exported('jsonl', `${whose}.jsonl`, undefined, { whose })
    expect(tracks).toBe(2)
    const text = readFileSync(join(made.folder, `exports/${whose}.jsonl`), 'utf8')
    expect(text).not.toContain('proposed')
  }
})

test('several files are a folder, or a zip of the same bytes each time, that is read again', async () => {
  await exported('lists', 'lists')
  const folder = join(made.folder, 'exports/lists')
  expect(readdirSync(folder).sort()).toEqual(['classInd.txt', 'testlist01.txt', 'trainlist01.txt'])
  expect(readFileSync(join(folder, 'trainlist01.txt'), 'utf8')).toBe('Jump/clip 1\n')
  await exported('lists', 'one.zip')
  await exported('lists', 'two.zip')
  const bytes = readFileSync(join(made.folder, 'exports/one.zip'))
  expect(readFileSync(join(made.folder, 'exports/two.zip'))).toEqual(bytes)
  expect(await importText(made.project, { name: 'again.zip', text: bytes })).toMatchObject({
    format: 'lists',
    rows: { read: 2, skipped: 0 },
    questions: [],
    videos: { matched: 2, unmatched: [] },
  })
})

test('a folder in which somebody keeps something is never put away for an export', async () => {
  const folder = join(made.folder, 'exports/mine')
  mkdirSync(folder, { recursive: true })
  await exported('lists', 'mine')
  writeFileSync(join(folder, 'thesis.txt'), 'years')
  await expect(exported('lists', 'mine')).rejects.toMatchObject({
    code: 'BAD_SETTING',
    data: { setting: 'out', reason: expect.stringContaining('is not empty') },
  })
  expect(readFileSync(join(folder, 'thesis.txt'), 'utf8')).toBe('years')
  expect(existsSync(`${folder}.part`)).toBe(false)
})

test('the whole project is a zip that another studio unpacks, by the same door as other exports', async () => {
  const report = await exported('project', 'all.zip', undefined, { options: { films: true } })
  expect(report).toMatchObject({ format: 'project', videos: 2 })
  expect(report.losses.join()).toContain('the film of clip: it is not where it was')
  const folder = join(made.folder, 'elsewhere')
  await unpackProject(join(made.folder, 'exports/all.zip'), folder)
  const other = openProject(folder)
  expect(other.repositories.videos.count()).toBe(2)
  other.close()
  await expect(exported('project', 'all.zip', undefined, { options: { films: 3 } })).rejects.toMatchObject({
    code: 'BAD_SETTING',
  })
})

test('nothing is left of an export that is stopped, cannot be written, or has no such format', async () => {
  const stopped = new AbortController()
  stopped.abort()
  await expect(exported('jsonl', 'all.jsonl', stopped.signal)).rejects.toMatchObject({ code: 'INTERRUPTED' })
  await expect(exported('folders', 'x')).rejects.toMatchObject({
    data: { reason: expect.stringContaining('only read') },
  })
  await expect(exported('nonsense', 'x')).rejects.toMatchObject({ code: 'UNKNOWN_NAME' })
  await expect(exported('jsonl', '../project.db/x.jsonl')).rejects.toMatchObject({ code: 'FOLDER_NOT_WRITABLE' })
  expect(existsSync(join(made.folder, 'exports')) ? readdirSync(join(made.folder, 'exports')) : []).toEqual([])
})

describe('whose answers and boxes are written', () => {
  const at = Date.UTC(2026, 2, 1, 10)
  beforeEach(() => {
    const { build, project } = made
    const { attributes, videos, answers, tracks, people } = project.repositories
    const [pole, water, clip] = [attributes.rows()[0]!.id, build.attribute('water'), videos.byName('clip')!.id]
    people.put({ id: PersonId.parse('p1'), name: 'Ann', role: 'annotator' })
    for (const [person, value] of [
      ['p1', 'absent'],
      ['ben', 'absent'],
    ] as const)
      answers.set({ video: clip, attribute: pole, person: PersonId.parse(person) }, { value, at })
    answers.set({ video: clip, attribute: water, person: null }, { value: 'present', at: null })
    const mine = tracks.ofVideo(clip)[0]!
    tracks.putAll([{ ...mine, id: newId(TrackId), person: PersonId.parse('p1') }])
  })
  const rows = async (name: string, more: object) => {
    await exported('labels', name, undefined, more)
    const [, ...lines] = readFileSync(join(made.folder, 'exports', name), 'utf8')
      .trim()
      .split('\r\n')
    return lines.map((line) => line.split(',').slice(3).join(','))
  }

  test('the consensus, each for themselves, or one person, by name or id', async () => {
    expect(await rows('a.csv', {})).toEqual(['pole,absent,consensus,,', 'water,present,class,,'])
    const each = [
      'pole,absent,person,ben,2026-03-01T10:00:00.000Z',
      'pole,present,person,,',
      'pole,absent,person,p1,2026-03-01T10:00:00.000Z',
      'water,present,class,,',
    ]
    expect(await rows('b.csv', { whose: 'each' })).toEqual(each)
    expect(await rows('c.csv', { whose: 'one', person: 'ann' })).toEqual([each[2]])
    expect(await rows('d.csv', { whose: 'one', person: 'ben' })).toEqual([each[0]])
    expect(await exported('cvat', 'e.xml', undefined, { whose: 'one', person: 'Ann' })).toMatchObject({ tracks: 1 })
    expect(await exported('cvat', 'f.xml', undefined, { whose: 'each' })).toMatchObject({ tracks: 2 })
  })

  test("spans go with whose answers are asked for; the consensus has one person's where it is present", async () => {
    const { build, project } = made
    const [clip] = project.repositories.videos.all().filter(({ name }) => name === 'clip')
    const ball = build.attribute('ball')
    build.span(clip!.id, ball, [0, 3], PersonId.parse('p1'))
    build.span(clip!.id, ball, [5, 9], PersonId.parse('ben'))
    const spans = async (name: string, more: object) => {
      await exported('jsonl', name, undefined, more)
      const lines = readFileSync(join(made.folder, 'exports', name), 'utf8')
        .trim()
        .split('\n')
      const all = lines.map(
        (line) => JSON.parse(line) as { name?: string; answers?: { span: object | null; person: string }[] },
      )
      const answers = all.find((line) => line.name === 'clip' && line.answers)!.answers!
      return answers.flatMap(({ span, person }) => (span ? [[person, span]] : []))
    }
    const [ofAnn, ofBen] = [
      ['p1', { from: 0, to: 3 }],
      ['ben', { from: 5, to: 9 }],
    ]
    expect(await spans('a.jsonl', {})).toEqual([ofAnn])
    expect(await spans('b.jsonl', { whose: 'each' })).toEqual([ofBen, ofAnn])
    expect(await spans('c.jsonl', { whose: 'one', person: 'ben' })).toEqual([ofBen])
  })

  test('a consensus of several people is said to hold no more; nobody, and a format without people, are refused', async () => {
    const merged = 'what each person said: the consensus is written'
    expect((await exported('labels', 'a.csv')).losses).toContain(merged)
    expect((await exported('labels', 'a.csv', undefined, { whose: 'each' })).losses).not.toContain(merged)
    const refused = (format: string, more: object) => expect(exported(format, 'x', undefined, more)).rejects
    await refused('mot', { whose: 'each' }).toMatchObject({
      code: 'BAD_SETTING',
      data: { reason: 'MOT holds one answer to a question: choose the consensus, or one person' },
    })
    await refused('mot', { whose: 'one' }).toMatchObject({ code: 'BAD_SETTING' })
    await refused('mot', { whose: 'one', person: 'Cid' }).toMatchObject({
      code: 'UNKNOWN_NAME',
      data: { known: ['Ann', 'Owner', 'ben'] },
    })
  })

  test('what each person says comes back as what each person says, with its times', async () => {
    await exported('jsonl', 'all.jsonl', undefined, { whose: 'each' })
    const text = readFileSync(join(made.folder, 'exports/all.jsonl'), 'utf8')
    const to = aProject()
    try {
      const clip = to.build.video({ name: 'clip' })
      to.build.video({ name: 'a,"b"' })
      await importText(to.project, { name: 'all.jsonl', text })
      const back = to.project.repositories.answers.ofVideo(clip).map(({ person, value, at }) => [person, value, at])
      expect(back.sort()).toEqual(
        [
          ['p1', 'absent', at],
          ['ben', 'absent', at],
          ['owner', 'present', null],
          [null, 'present', null],
        ].sort(),
      )
      expect(
        to.project.repositories.tracks
          .ofVideo(clip)
          .map(({ person }) => person)
          .sort(),
      ).toEqual(['owner', 'p1'])
    } finally {
      to.remove()
    }
  })
})
