import { expect, test } from 'vitest'
import type { MaskCheck } from '@shared/contract/explanation'
import { ClassId } from '@shared/ids'
import MaskCheckPanel from '@renderer/views/explain/MaskCheckPanel.vue'
import { aCard, aTube } from '../../../../support/fake-measures'
import { mountPart } from '../../in-studio'

const [a, b, c] = ['c1', 'c2', 'c3'].map((id) => ClassId.parse(id)) as [ClassId, ClassId, ClassId]
const said = (of: [ClassId, number][]) =>
  of.map(([id, probability]) => ({ class: id, name: `class ${id}`, probability, logit: 0 }))

function panel(after: [ClassId, number][]) {
  const check: MaskCheck = {
    ...{
      before: said([
        [a, 0.931],
        [b, 0.041],
        [c, 0.028],
      ]),
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
  expect(text).toContain('B rises 1st most of 2')
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

test('the rank of B is among the classes other than A', () => {
  expect(
    panel([
      [a, 0.5],
      [c, 0.4],
      [b, 0.1],
    ]),
  ).toContain('B rises 2nd most of 2')
})
