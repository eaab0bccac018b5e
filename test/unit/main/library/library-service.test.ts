import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { importReport } from '@main/library/import-recorder'
import { aLibrary } from '../../../support/library'
import { VideoWindow } from '@shared/contract/library'
import type { Change } from '@shared/contract/system'
import type { ImportResult, MediaRecord } from '@shared/media'
import type { ProjectBuilder } from '../../../support/project'
import { aKeyframe, aProject, aRecord } from '../../../support/project'
import { owner } from '@shared/actor'

let made: ReturnType<typeof aProject>
let build: ProjectBuilder
let library: ReturnType<typeof aLibrary>
let changes: Change[]
beforeEach(() => {
  made = aProject()
  build = made.build
  changes = []
  library = aLibrary(made.project, (change) => changes.push(change))
})
afterEach(() => made.remove())

const rows = async (window: Partial<VideoWindow> = {}) => (await library.videos(VideoWindow.parse(window))).rows
const found = async (window: Partial<VideoWindow> = {}) => (await rows(window)).map(({ name }) => name)
const result = (path: string, record: Partial<MediaRecord> = {}): ImportResult => ({
  path,
  record: aRecord(record),
  known: false,
})
const planned = (path: string, values = {}) => ({
  path,
  name: path.slice(1).replace('.mp4', ''),
  class: 'Ollie',
  split: 'train' as const,
  ...values,
})

describe('finding videos', () => {
  test('counts as people do, and sorts by class with those without one last', async () => {
    const [ollie, kickflip] = [build.class('Ollie'), build.class('Kickflip')]
    build.video({ name: 'clip 10', class: kickflip })
    build.video({ name: 'clip 9', class: ollie })
    build.video({ name: 'Clip 2' })
    build.video({ name: 'clip 009' })
    expect(await found()).toEqual(['Clip 2', 'clip 009', 'clip 9', 'clip 10'])
    expect(await found({ sort: 'class' })).toEqual(['clip 10', 'clip 9', 'Clip 2', 'clip 009'])
  })

  test('looks for every word in names of videos and classes, whatever signs and case', async () => {
    const of = build.class('HIGH Übung')
    build.video({ name: '100%_done' })
    build.video({ name: '100 done' })
    build.video({ name: 'Ünlü 测试 👀', class: of })
    expect(await found({ text: '%_' })).toEqual(['100%_done'])
    expect(await found({ text: 'DONE 100' })).toEqual(['100 done', '100%_done'])
    expect(await found({ text: 'ÜNLÜ 试 👀' })).toEqual(['Ünlü 测试 👀'])
    expect(await found({ text: 'high übung ünlü' })).toEqual(['Ünlü 测试 👀'])
    expect(await found({ text: "'; drop table video; --" })).toEqual([])
  })

  test('by class, split, all of some attributes, state and problems', async () => {
    const [ollie, kickflip] = [build.class('Ollie'), build.class('Kickflip')]
    const [pole, ball] = [build.attribute('pole'), build.attribute('ball')]
    const a = build.video({ name: 'a', class: ollie, split: 'train' })
    const b = build.video({ name: 'b', class: kickflip, split: 'test', record: { status: 'damaged', reason: 'cut' } })
    const c = build.video({ name: 'c', class: ollie, split: 'test' })
    build.video({ name: 'd', split: 'train' })
    for (const [video, attribute] of [
      [a, pole],
      [a, ball],
      [b, pole],
    ] as const)
      build.label(video, attribute)
    build.track(c, ball)
    expect(await found({ classes: [ollie] })).toEqual(['a', 'c'])
    expect(await found({ classes: [ollie, kickflip], splits: ['test'] })).toEqual(['b', 'c'])
    expect(await found({ attributes: [pole] })).toEqual(['a', 'b'])
    expect(await found({ attributes: [pole, ball] })).toEqual(['a'])
    expect(await found({ annotation: ['done'] })).toEqual(['a'])
    expect(await found({ annotation: ['partly'] })).toEqual(['b', 'c'])
    expect(await found({ annotation: ['new', 'done'] })).toEqual(['a', 'd'])
    expect(await found({ problems: true })).toEqual(['b', 'd'])
    expect(made.project.info().problems).toBe(2)
    expect(await rows({ text: 'a' })).toMatchObject([{ attributes: [pole, ball], tracks: 0 }])
  })
})

describe('importing', () => {
  test('writes what was read, with its class, made where it is new, and reports every row', async () => {
    const plans = ['/a.mp4', '/b.mp4', '/c.mp4', '/d.mp4'].map((path) => planned(path))
    const rows = library.recordImport(plans, [
      result('/a.mp4', { sha256: 'same' }),
      result('/b.mp4', { sha256: 'same' }),
      result('/c.mp4', { status: 'damaged', reason: '3 of 90 frames are damaged.', badFrames: [1, 2, 3] }),
      result('/d.mp4', { status: 'failed', reason: 'The file is empty.', sha256: '' }),
    ])
    expect(importReport(rows, { unlisted: [], contradictions: [] })).toMatchObject({
      imported: 2,
      damaged: 1,
      failed: 1,
      duplicate: 1,
    })
    expect(rows).toMatchObject([
      { duplicate: false, status: 'ok' },
      { duplicate: true, video: rows[0]!.video, reason: 'The same content is already in the project as a.' },
      { status: 'damaged', reason: '3 of 90 frames are damaged.' },
      { status: 'failed', video: null, reason: 'The file is empty.' },
    ])
    expect(await library.classes()).toMatchObject([{ name: 'Ollie', train: 2, test: 0 }])
    expect(library.video(rows[2]!.video!)).toMatchObject({
      name: 'c',
      path: '/c.mp4',
      badFrames: [1, 2, 3],
      notes: ['3 of 90 frames are damaged.'],
      proxy: { width: 320, height: 240, fps: 30 },
    })
  })

  test('keeps the time of every frame exactly, and says so where there is none', async () => {
    const timestampsMs = [0, 33.366666666666667, null, 100.1]
    const [row] = library.recordImport([planned('/a.mp4')], [result('/a.mp4', { frames: 4, timestampsMs })])
    expect(library.video(row!.video!).timestampsMs).toEqual(timestampsMs)
  })

  test('says of new videos, and of those that get a class, what is said of their class', async () => {
    const ball = build.attribute('ball')
    const ollie = build.class('Ollie')
    build.video({ name: 'first', class: ollie })
    const bare = build.video({ name: 'old', record: { sha256: 'same' } })
    library.setClassPrior(owner, ollie, [ball])
    const plans = [planned('/a.mp4'), planned('/b.mp4')]
    const rows = library.recordImport(plans, [
      result('/a.mp4', { sha256: 'new' }),
      result('/b.mp4', { sha256: 'same' }),
    ])
    library.settleImport(plans, rows)
    const said = { attribute: ball, value: 'present', source: 'class' }
    for (const video of [rows[0]!.video!, bare])
      expect(made.project.repositories.labels.ofVideo(video)).toEqual([expect.objectContaining(said)])
  })

  test('of content that is there gives it the class and split it lacks, and changes no other', async () => {
    const id = build.video({ name: 'old', record: { sha256: 'same' } })
    library.recordImport([planned('/new.mp4')], [result('/new.mp4', { sha256: 'same' })])
    library.recordImport(
      [planned('/new.mp4', { class: 'Kickflip', split: 'test' })],
      [result('/new.mp4', { sha256: 'same' })],
    )
    expect(await found()).toEqual(['old'])
    expect(library.video(id)).toMatchObject({ split: 'train', path: '/videos/old.mp4' })
    expect(await library.classes()).toMatchObject([{ name: 'Ollie', train: 1 }])
  })
})

describe('files that move', () => {
  test('are found out, relinked by the same content alone, and found again when they come back', async () => {
    const folder = join(made.folder, 'sources')
    mkdirSync(folder)
    const path = join(folder, 'a.mp4')
    writeFileSync(path, 'a')
    const id = build.video({ name: 'a', path: made.project.paths.stored(path), record: { sha256: 'one' } })
    expect(await library.findMoved()).toBe(0)
    renameSync(path, `${path}.old`)
    expect(await library.findMoved()).toBe(1)
    expect(library.video(id)).toMatchObject({ moved: true, path })
    const other = result(`${path}.old`, { sha256: 'two' })
    expect(() => library.relink(id, other)).toThrow(expect.objectContaining({ code: 'OTHER_CONTENT' }))
    const unreadable = result(`${path}.old`, { status: 'failed', reason: 'The file is empty.' })
    expect(() => library.relink(id, unreadable)).toThrow(expect.objectContaining({ code: 'VIDEO_UNREADABLE' }))
    const same = result(`${path}.old`, { sha256: 'one' })
    expect(library.relink(id, same)).toMatchObject({ moved: false, path: `${path}.old` })
  })
})

describe('classes and attributes', () => {
  test('a class that is deleted leaves its videos with their labels, and comes back with them', async () => {
    const ollie = build.class('Ollie')
    const video = build.video({ name: 'a', class: ollie })
    build.label(video, build.attribute('pole'))
    library.removeClass(owner, ollie)
    expect(library.video(video)).toMatchObject({ class: null, attributes: [expect.any(String)] })
    expect(library.undo(owner)).toMatchObject({ label: 'Delete the class Ollie' })
    expect(library.video(video).class).toBe(ollie)
    expect(library.redo(owner)).toMatchObject({ label: 'Delete the class Ollie' })
    expect(await library.classes()).toEqual([])
  })

  test('renaming keeps every label; a name in use is refused', async () => {
    const pole = build.attribute('pole')
    build.attribute('ball')
    const video = build.video()
    build.label(video, pole)
    library.updateAttribute(owner, pole, { name: 'stick' })
    expect(await library.attribute(pole)).toMatchObject({ name: 'stick', slot: 0, videos: 1 })
    expect(() => library.updateAttribute(owner, pole, { name: ' ball ' })).toThrow(
      expect.objectContaining({ code: 'NAME_TAKEN', data: { kind: 'attribute', name: 'ball' } }),
    )
    const { id } = library.createClass(owner, 'Ollie')
    library.createClass(owner, 'Kickflip')
    expect(() => library.renameClass(owner, id, 'Kickflip')).toThrow(expect.objectContaining({ code: 'NAME_TAKEN' }))
    library.renameClass(owner, id, 'Nollie')
    expect((await library.class(id)).name).toBe('Nollie')
  })

  test('an attribute keeps its colour for life, and a new one takes the first that is free', async () => {
    const [, ball] = ['pole', 'ball', 'ring'].map((name) => library.createAttribute(owner, { name }).id)
    library.removeAttribute(owner, ball!)
    expect(library.createAttribute(owner, { name: 'flag', side: 'left' })).toMatchObject({ slot: 1, side: 'left' })
    library.undo(owner)
    library.undo(owner)
    expect((await library.attributes()).map(({ name, slot }) => [name, slot])).toEqual([
      ['pole', 0],
      ['ball', 1],
      ['ring', 2],
    ])
  })

  test('deleting an attribute takes labels and tracks, and undo brings all of them back', async () => {
    const pole = build.attribute('pole')
    const video = build.video()
    build.label(video, pole)
    build.track(video, pole, [aKeyframe(0), aKeyframe(9, 7)])
    const before = made.project.repositories.tracks.ofVideo(video)
    library.removeAttribute(owner, pole)
    expect(made.project.repositories.tracks.ofVideo(video)).toEqual([])
    library.undo(owner)
    expect(made.project.repositories.tracks.ofVideo(video)).toEqual(before)
    expect(await library.attributes()).toMatchObject([{ videos: 1, withBoxes: 1 }])
  })
})

describe('many videos at once', () => {
  test('a class prior answers for the class, is replaced by the next, and leaves what people said', async () => {
    const ollie = build.class('Ollie')
    const [pole, ball, ring] = ['pole', 'ball', 'ring'].map((name) => build.attribute(name))
    const [a, b] = ['a', 'b'].map((name) => build.video({ name, class: ollie }))
    build.label(a!, pole!, 'absent')
    expect(library.setClassPrior(owner, ollie, [pole!, ball!])).toEqual({ videos: 2 })
    const said = (video: typeof a) =>
      made.project.repositories.labels.ofVideo(video!).map(({ attribute, value, source }) => [attribute, value, source])
    expect(said(a)).toEqual([
      [pole, 'absent', 'person'],
      [ball, 'present', 'class'],
    ])
    library.setClassPrior(owner, ollie, [ring!])
    expect(said(a)).toEqual([
      [pole, 'absent', 'person'],
      [ring, 'present', 'class'],
    ])
    expect(said(b)).toEqual([[ring, 'present', 'class']])
    expect(library.undo(owner)).toMatchObject({ label: 'Set the attributes of Ollie' })
    expect(said(b)).toEqual([
      [pole, 'present', 'class'],
      [ball, 'present', 'class'],
    ])
  })

  test('a change is one step back, each video to what it had', async () => {
    const [ollie, kickflip] = [build.class('Ollie'), build.class('Kickflip')]
    const ids = [ollie, kickflip, null].map((of, i) => build.video({ name: `${i}`, class: of }))
    library.setClass(owner, ids, kickflip)
    expect(library.undo(owner)).toMatchObject({ label: 'Set the class of 3 videos to Kickflip' })
    expect((await rows()).map((row) => row.class)).toEqual([ollie, kickflip, null])
    library.setSplit(owner, ids, 'test')
    library.remove(owner, ids.slice(0, 2))
    expect(await found()).toEqual(['2'])
    expect(library.undo(owner)).toMatchObject({ label: 'Remove 2 videos' })
    expect((await library.statistics()).videos).toEqual({ train: 0, test: 3, none: 0 })
  })

  test('of which one is gone changes none of the others', async () => {
    const [a, b] = [build.video({ name: 'a' }), build.video({ name: 'b' })]
    library.remove(owner, [b])
    expect(() => library.setSplit(owner, [a, b], 'test')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
    expect(library.video(a).split).toBeNull()
  })
})

test('the statistics are the numbers of the tables', async () => {
  const [ollie, kickflip] = [build.class('Ollie'), build.class('Kickflip')]
  const [pole, ball] = [build.attribute('pole'), build.attribute('ball')]
  const a = build.video({ class: ollie, split: 'train' })
  const b = build.video({ class: ollie, split: 'test' })
  build.video({ class: kickflip })
  build.label(a, pole)
  build.label(b, pole)
  build.label(b, ball)
  build.track(b, ball, [aKeyframe(0), aKeyframe(3), aKeyframe(9, 0, { outside: true })])
  expect(await library.statistics()).toEqual({
    videos: { train: 1, test: 1, none: 1 },
    classes: 2,
    attributes: 2,
    attributesPerVideo: 1,
    boxes: { train: 0, test: 2 },
    classByAttribute: [
      { class: ollie, attribute: pole, videos: 2 },
      { class: ollie, attribute: ball, videos: 1 },
    ],
  })
})

test('changes are told after they are stored', async () => {
  const video = build.video()
  library.setSplit(owner, [video], 'train')
  expect(changes).toEqual([
    { area: 'library', ids: [video] },
    { area: 'annotation', ids: [video] },
  ])
})
