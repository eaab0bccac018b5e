import { expect, test } from 'vitest'
import type { MaskCheck } from '@shared/contract/explanation'
import { ClassId } from '@shared/ids'
import MaskCheckPanel from '@renderer/views/explain/MaskCheckPanel.vue'
import { aCard, aTube } from '../../../../support/fake-measures'
import { mountPart } from '../../in-studio'

const [a, b, c] = ['c1', 'c2', 'c3'].map((id) => ClassId.parse(id)) as [ClassId, ClassId, ClassId]
const said = (of: [ClassId, number][]) =>
  of.map(([id, probability]) => ({ class: id, name: `class ${id}`, probability, logit: 0 }))

const filmed: [ClassId, number][] = [
  [a, 0.931],
  [b, 0.041],
  [c, 0.028],
]

function panel(after: [ClassId, number][], before = filmed) {
  const check: MaskCheck = {
    ...{
      before: said(before),
      after: said(after),
      random: said([
        [a, 0.904],
        [b, 0.05],
      ]),
    },
    ...{ randomTube: aTube(), fill: 'mean', fillColor: [114, 114, 114] },
  }
  return mountPart(MaskCheckPanel, {
    check,
    card: aCard(0),
    video: null,
    pos: a,
    neg: b,
    frame: 0,
    sampled: [0, 2],
  }).text()
}

test('the answer flips to B: said in words, with both probabilities before and after', () => {
  const text = panel([
    [b, 0.802],
    [a, 0.118],
    [c, 0.08],
  ])
  expect(text).toContain('answer flips to B')
  for (const number of ['0.931', '0.118', '0.041', '0.802', '0.904']) expect(text).toContain(number)
  expect(text).toContain('Of the 2 classes other than A, B gains most.')
})

test('the answer stays, or becomes something else', () => {
  expect(
    panel([
      [a, 0.9],
      [b, 0.06],
      [c, 0.04],
    ]),
  ).toContain('answer stays')
  expect(
    panel([
      [c, 0.8],
      [a, 0.1],
      [b, 0.1],
    ]),
  ).toContain('answer becomes class c3')
})

test('an answer that was B already does not flip to B', () => {
  const text = panel(
    [
      [b, 0.9],
      [a, 0.08],
      [c, 0.02],
    ],
    [
      [b, 0.6],
      [a, 0.3],
      [c, 0.1],
    ],
  )
  expect(text).not.toContain('flips')
  expect(text).toContain('B was the answer already')
})

test('where B does not gain, or is all there is besides A, no rank is said', () => {
  expect(
    panel([
      [a, 0.99],
      [c, 0.01],
      [b, 0],
    ]),
  ).toContain('B does not gain.')
  const two: [ClassId, number][] = [
    [a, 0.9],
    [b, 0.1],
  ]
  expect(
    panel(
      [
        [b, 0.8],
        [a, 0.2],
      ],
      two,
    ),
  ).not.toContain('classes other than A')
})

test('the rank of B is among the classes other than A', () => {
  expect(
    panel([
      [a, 0.5],
      [c, 0.4],
      [b, 0.1],
    ]),
  ).toContain('Of the 2 classes other than A, one gains more than B.')
})
