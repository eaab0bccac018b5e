import { expect, test } from 'vitest'
import { ClassId } from '@shared/ids'
import StepNote from '@renderer/views/explain/StepNote.vue'
import { mountPart } from '../../in-studio'

const [ball, nothing] = [ClassId.parse('c1'), ClassId.parse('c2')]
const said = (first: number, second: number) => [
  { class: ball, name: 'ball', probability: first, logit: 0 },
  { class: nothing, name: 'nothing', probability: second, logit: 0 },
]

test('between two steps it stands what the model says by then, and how likely B has become', () => {
  const text = mountPart(StepNote, { probabilities: said(0.9, 0.08), neg: nothing, masked: 1 }).text()
  expect(text).toMatch(/the model says ball 0\.900, B\s+0\.080/)
})

test('after the last step the model says B', () => {
  const probabilities = said(0.1, 0.88).toReversed()
  expect(mountPart(StepNote, { probabilities, neg: nothing, masked: 2 }).text()).toMatch(
    /all of them masked the model says nothing \(B\),\s+0\.880/,
  )
})
