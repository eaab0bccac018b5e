import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { VideoFilter, VideoQuery, VideoSort, VideoWindow } from '@shared/contract/library'
import { owner } from '@shared/actor'
import { WorkState } from '@shared/contract/work-state'
import { type AttributeId, type ClassId, PersonId, type VideoId } from '@shared/ids'
import type { WorkRow } from '@main/store/repositories/work-repository'
import { VideoTable } from '@main/library/search/video-table'
import { aKeyframe, aProject } from '../../../../support/project'

let made: ReturnType<typeof aProject>
let table: VideoTable
let classes: ClassId[]
let words: AttributeId[]
let ids: VideoId[]

beforeEach(() => {
  made = aProject()
  const { build, project } = made
  classes = ['Ollie', 'Kickflip'].map((name) => build.class(name))
  words = ['pole', 'ball', 'ring'].map((name) => build.attribute(name))
  ids = Array.from({ length: 12 }, (_, i) => {
    const of = i % 4 === 3 ? null : classes[i % 2]!
    const split = ([null, 'test', 'train'] as const)[i % 3]!
    const video = build.video({ name: `clip ${i}`, class: of, split, record: { frames: 20 - i, width: 100 + i } })
    for (let k = 0; k < i % 4; k++) build.label(video, words[k]!, k === 2 ? 'unsure' : 'present')
    if (i % 5 === 0) build.track(video, words[0]!, [aKeyframe(0), aKeyframe(4), aKeyframe(9, 0, { outside: true })])
    return video
  })
  table = new VideoTable(project.repositories.search)
  table.read('all')
})
afterEach(() => made.remove())

const names = (window: Partial<VideoWindow> = {}) => table.page(VideoWindow.parse(window)).rows.map(({ name }) => name)
const some = <T>(of: readonly T[]) => fc.subarray([...of])
const filters = () =>
  fc.record({
    ...{ text: fc.constantFrom('', '1', 'ollie', 'clip ball'), classes: some(classes), attributes: some(words) },
    ...{
      splits: some(['train', 'test', 'none'] as const),
      attributesMatch: fc.constantFrom('any' as const, 'all' as const),
    },
    ...{ annotation: some(['new', 'partly', 'done'] as const), problems: fc.boolean() },
    ...{ withoutBoxes: fc.boolean(), readable: fc.boolean() },
    ...{ work: some(['new', 'started'] as const), workOf: fc.constantFrom(null, owner.id) },
  })
const matching = (filter: VideoFilter) => table.facets(filter).matching

describe('pages', () => {
  test('together are the whole list, once each, in its order', () => {
    const whole = names()
    expect(whole).toEqual(Array.from({ length: 12 }, (_, i) => `clip ${i}`))
    const paged = [0, 5, 10].flatMap((offset) => names({ offset, limit: 5 }))
    expect(paged).toEqual(whole)
    expect(table.page(VideoWindow.parse({ offset: 10, limit: 5 })).total).toBe(12)
  })

  test('every order has every video, and the other direction turns it round but for those without a value', () => {
    for (const sort of VideoSort.options) {
      const [up, down] = (['up', 'down'] as const).map((direction) =>
        table.ids(VideoQuery.parse({ sort, direction }), 0, 99),
      )
      expect(new Set(up)).toEqual(new Set(ids))
      expect(new Set(down)).toEqual(new Set(ids))
    }
    expect(names({ sort: 'frames' })[0]).toBe('clip 11')
    expect(names({ sort: 'frames', direction: 'down' })[0]).toBe('clip 0')
    expect(names({ sort: 'class', limit: 2 })).toEqual(['clip 1', 'clip 5'])
    expect(names({ sort: 'class', direction: 'down' }).slice(-3)).toEqual(['clip 3', 'clip 7', 'clip 11'])
    expect(names({ sort: 'attributes', direction: 'down', limit: 2 })).toEqual(['clip 2', 'clip 3'])
  })
})

describe('counts', () => {
  test('the number beside an entry is what the filter finds with that entry alone in its list', () => {
    fc.assert(
      fc.property(filters(), (filter) => {
        const facets = table.facets(filter)
        for (const id of ['new', 'partly', 'done'] as const)
          expect(facets.annotation[id]).toBe(matching({ ...filter, annotation: [id] }))
        for (const id of ['train', 'test', 'none'] as const)
          expect(facets.splits[id]).toBe(matching({ ...filter, splits: [id] }))
        for (const id of classes)
          expect(facets.classes.find((own) => own.id === id)?.videos ?? 0).toBe(matching({ ...filter, classes: [id] }))
        for (const id of words)
          expect(facets.attributes.find((own) => own.id === id)?.videos ?? 0).toBe(
            matching({ ...filter, attributes: [id] }),
          )
        expect(facets.matching).toBe(table.page(VideoWindow.parse(filter)).total)
      }),
    )
  })

  test('a further condition never adds videos', () => {
    fc.assert(
      fc.property(filters(), (filter) => {
        const found = new Set(table.chosen({ filter, except: [] }))
        const wider = new Set(table.chosen({ filter: { ...filter, problems: false, text: '' }, except: [] }))
        expect([...found].every((id) => wider.has(id))).toBe(true)
      }),
    )
  })

  test('problems are what the project itself counts', () => {
    expect(table.facets(VideoFilter.parse({})).all.problems).toBe(made.project.info().problems)
    expect(table.facets(VideoFilter.parse({ problems: true })).matching).toBe(made.project.info().problems)
  })

  test('hidden key frames are no boxes', () => {
    expect(table.numbers().statistics.boxes).toEqual({ train: 2, test: 2 })
    expect(table.numbers().attributes.get(words[0]!)?.withBoxes).toBe(3)
  })

  test('answers of some videos are counted, and those that are gone are named', () => {
    const { videos, attributes, gone } = table.answers([ids[1]!, ids[3]!, 'nobody' as VideoId])
    expect({ videos, gone }).toEqual({ videos: 2, gone: ['nobody'] })
    expect(attributes[0]).toMatchObject({ present: 2, unsure: 0 })
    expect(attributes[2]).toMatchObject({ present: 0, unsure: 1 })
  })
})

test('a video stands between its neighbours in the order asked for', () => {
  const query = VideoQuery.parse({ splits: ['test'], sort: 'frames' })
  expect(table.ids(query, 0, 99)).toEqual([ids[10], ids[7], ids[4], ids[1]])
  expect(table.place(query, ids[7]!)).toMatchObject({ index: 1, total: 4, previous: ids[10], next: ids[4] })
  expect(table.place(query, ids[0]!)).toMatchObject({ index: null, previous: null, next: null })
  expect(table.place(query, ids[1]!)).toMatchObject({ index: 3, next: null })
})

describe('what changed is seen', () => {
  const videos = () => table.page(VideoWindow.parse({})).rows

  test('of a named video, without reading the others', () => {
    made.build.label(ids[0]!, words[1]!)
    table.read(new Set([ids[0]!]))
    expect(videos()[0]).toMatchObject({ attributes: [words[1]], annotation: 'partly' })
  })

  test('of all, whether answers, boxes, facts, new or removed videos', () => {
    const { repositories } = made.project
    made.build.label(ids[4]!, words[2]!)
    made.build.track(ids[4]!, words[2]!)
    repositories.videos.set([ids[5]!], { split: 'train' })
    repositories.videos.remove([ids[6]!])
    const added = made.build.video({ name: 'clip 3b' })
    table.read('all')
    const rows = new Map(videos().map((row) => [row.id, row]))
    expect(rows.get(ids[4]!)).toMatchObject({ attributes: [words[2]], tracks: 1 })
    expect(rows.get(ids[5]!)?.split).toBe('train')
    expect(rows.has(ids[6]!)).toBe(false)
    expect([...rows.keys()].indexOf(added)).toBe(4)
    expect(table.facets(VideoFilter.parse({})).all.videos).toBe(12)
  })

  test('two changes within the same moment are both seen', () => {
    for (const word of words) {
      made.build.label(ids[0]!, word)
      table.read('all')
    }
    expect(videos()[0]).toMatchObject({ attributes: words, annotation: 'done' })
  })

  test('a video that came back under another name stands in its new place', () => {
    const { videos: stored } = made.project.repositories
    const row = stored.get(ids[0]!)
    stored.remove([ids[0]!])
    stored.insertRows([{ ...row, name: 'clip 99', sortKey: 'clip 00299', folded: 'clip 99' }])
    table.read(new Set([ids[0]!]))
    expect(names().at(-1)).toBe('clip 99')
    expect(names()).toHaveLength(12)
  })
})

describe('how far people are', () => {
  const [ann, ben] = [PersonId.parse('ann'), PersonId.parse('ben')]
  const withWork = (work: WorkState[], workOf: PersonId | null = null) => names({ work, workOf, limit: 99 })
  const at = (video: number, person: PersonId, state: WorkRow['state']) => {
    made.project.repositories.work.put({ video: ids[video]!, person, state, note: null, at: 1 })
    table.read(new Set([ids[video]!]))
  }

  test('is what anybody did, or what one person did', () => {
    at(1, ann, 'submitted')
    at(2, ann, 'submitted')
    at(2, ben, 'returned')
    at(4, ben, 'reviewed')
    expect(withWork(['submitted'])).toEqual(['clip 1', 'clip 2'])
    expect(withWork(['submitted', 'reviewed'], ben)).toEqual(['clip 4'])
    expect(withWork(['returned'])).toEqual(['clip 2'])
    // Ben said nothing of the others: for him they are new, whatever the owner said.
    expect(withWork(['new'], ben)).toHaveLength(10)
    // Labels and tracks of the set-up are the owner's.
    expect(withWork(['started'])).toEqual(withWork(['started'], owner.id))
    expect(withWork(['new'])).toEqual(names({ limit: 99 }).filter((name) => !withWork(restOfStates).includes(name)))
  })

  test('is counted beside each state among the videos that pass the other lists, with everybody who works', () => {
    at(1, ann, 'submitted')
    at(2, ann, 'skipped')
    made.project.repositories.people.put({ id: ann, name: 'Ann', role: 'annotator' })
    table.read(new Set())
    const facets = (filter: Partial<VideoFilter>) => table.facets(VideoFilter.parse(filter))
    const { work, workers, matching } = facets({ work: ['submitted'] })
    expect(matching).toBe(1)
    for (const state of WorkState.options) expect([state, work[state]]).toEqual([state, withWork([state]).length])
    expect(workers).toContainEqual({ id: ann, name: 'Ann', videos: 2 })
    expect(facets({ splits: ['test'], workOf: ann }).work).toMatchObject({ submitted: 1, skipped: 0, new: 3 })
  })

  test('is followed when all is read anew, though no answer changed', () => {
    made.project.repositories.work.put({ video: ids[0]!, person: ann, state: 'returned', note: 'x', at: 1 })
    table.read('all')
    expect(withWork(['returned'])).toEqual(['clip 0'])
    made.project.repositories.work.remove(ids[0]!, ann)
    table.read('all')
    expect(withWork(['returned'])).toEqual([])
  })
})

const restOfStates = WorkState.exclude(['new']).options
