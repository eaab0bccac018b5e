import { PersonId } from '@shared/ids'
import { expect, test } from 'vitest'
import { filterWords, noFilter, problemOf } from '@renderer/stores/video-filter'
import { aClass, aVideo, anAttribute } from '../../../support/fake-api'

const pole = anAttribute(0)
const ann = PersonId.parse('ann')
const names = {
  attributes: new Map([[pole.id, pole]]),
  classes: new Map([[aClass(0).id, aClass(0)]]),
  people: new Map([[ann, 'Ann']]),
}

test('videos that moved, were damaged, or lack class or split are problems, each named', () => {
  const broken = [aVideo(0, { moved: true }), aVideo(1, { status: 'damaged' }), aVideo(2, { status: 'failed' })]
  const odd = [...broken, aVideo(3), aVideo(4, { class: null }), aVideo(5, { split: null })]
  expect(odd.map(problemOf)).toEqual(['moved', 'damaged', 'unreadable', '', 'no class', 'no split'])
})

test('a filter is told in words', () => {
  const filter = { ...noFilter(), annotation: ['done' as const, 'partly' as const], attributes: [pole.id] }
  expect(filterWords(filter, names)).toBe('done or partly, pole')
  expect(filterWords(noFilter(), names)).toBe('')
  const accepted = { ...noFilter(), work: ['submitted' as const, 'reviewed' as const] }
  expect(filterWords(accepted, names)).toBe('submitted or accepted')
  expect(filterWords({ ...accepted, workOf: ann }, names)).toBe('submitted or accepted of Ann')
})
