import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { VideoFilter } from '@renderer/stores/video-filter'
import { countFacets, filterVideos, filterWords, noFilter, problemOf } from '@renderer/stores/video-filter'
import { aClass, aVideo, anAttribute } from '../../../support/fake-api'

const videos = Array.from({ length: 48 }, (_, i) => aVideo(i))
const attributes = Array.from({ length: 8 }, (_, i) => anAttribute(i))
const classes = Array.from({ length: 8 }, (_, i) => aClass(i))
const names = {
  attributes: new Map(attributes.map((info) => [info.id, info])),
  classes: new Map(classes.map((info) => [info.id, info])),
}
const through = (filter: Partial<VideoFilter>) => filterVideos(videos, { ...noFilter(), ...filter }, names)

test('without a filter all videos are there, in their order', () => {
  expect(through({})).toEqual(videos)
})

test('text finds names, classes and attributes, word by word in any case', () => {
  expect(through({ text: 'TEST_0003' }).map(({ name }) => name)).toEqual(['test_0003'])
  expect(through({ text: 'lamp' }).every((video) => video.attributes.some((id) => id === 'a5'))).toBe(true)
  expect(through({ text: 'test pole' }).every(({ split }) => split === 'test')).toBe(true)
})

test('attributes match any or all', () => {
  const wanted = [attributes[0]!.id, attributes[1]!.id]
  const any = through({ attributes: wanted })
  const all = through({ attributes: wanted, attributesMatch: 'all' })
  expect(any.length).toBeGreaterThan(all.length)
  expect(all.every((video) => wanted.every((id) => video.attributes.includes(id)))).toBe(true)
})

test('the count beside a facet is the number of videos that it finds alone', () => {
  const counts = countFacets(videos)
  for (const annotation of ['new', 'partly', 'done'] as const)
    expect(through({ annotation: [annotation] })).toHaveLength(counts.annotation[annotation])
  for (const split of ['train', 'test', 'none'] as const)
    expect(through({ splits: [split] })).toHaveLength(counts.splits[split])
  for (const { id } of attributes) expect(through({ attributes: [id] })).toHaveLength(counts.attributes.get(id) ?? 0)
  for (const { id } of classes) expect(through({ classes: [id] })).toHaveLength(counts.classes.get(id) ?? 0)
  expect(through({ splits: ['test'], withoutBoxes: true })).toHaveLength(counts.testWithoutBoxes)
})

test('a further condition never adds videos', () => {
  const some = <T>(of: readonly T[]) => fc.subarray([...of])
  const filters = fc.record({
    ...{ text: fc.constantFrom('', 'test', 'ball', 'train pole'), classes: some(classes.map(({ id }) => id)) },
    ...{ splits: some(['train', 'test', 'none'] as const), attributes: some(attributes.map(({ id }) => id)) },
    ...{ attributesMatch: fc.constantFrom('any' as const, 'all' as const), problems: fc.boolean() },
    ...{ annotation: some(['new', 'partly', 'done'] as const), withoutBoxes: fc.boolean() },
  })
  fc.assert(
    fc.property(filters, (filter) => {
      const found = new Set(through(filter))
      expect([...found].every((video) => through({ ...filter, problems: false, text: '' }).includes(video))).toBe(true)
    }),
  )
})

test('videos that moved, were damaged, or lack class or split are problems, each named', () => {
  const broken = [aVideo(0, { moved: true }), aVideo(1, { status: 'damaged' }), aVideo(2, { status: 'failed' })]
  const odd = [...broken, aVideo(3), aVideo(4, { class: null }), aVideo(5, { split: null })]
  expect(odd.map(problemOf)).toEqual(['moved', 'damaged', 'unreadable', '', 'no class', 'no split'])
  expect(filterVideos(odd, { ...noFilter(), problems: true }, names)).toHaveLength(5)
  expect(countFacets(odd).problems).toBe(5)
})

test('a filter is told in words', () => {
  const filter = { ...noFilter(), annotation: ['done' as const, 'partly' as const], attributes: [attributes[0]!.id] }
  expect(filterWords(filter, names)).toBe('done or partly, pole')
  expect(filterWords(noFilter(), names)).toBe('')
})
