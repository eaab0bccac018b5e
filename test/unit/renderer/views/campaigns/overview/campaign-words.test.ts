import type { Quality } from '@shared/contract/campaign-quality'
import { AttributeId, PersonId } from '@shared/ids'
import { describe, expect, test } from 'vitest'
import { share, verdictOf, workLeft } from '@renderer/views/campaigns/overview/campaign-words'
import { aCampaign, noCampaigns } from '../../../../../support/fake-campaigns'

const progress = { ...aCampaign().progress, answers: 289, wanted: 360, medianSeconds: 21 }
const word = (name: string, alpha: number | null, iou: number | null = null): Quality['attributes'][number] => {
  const common = { plusMinus: null, items: 9, answers: 18, unsure: 0, differing: 1, pairs: 3 }
  return { attribute: AttributeId.parse(name), name, alpha, iou, ...common }
}
const quality = (alpha: number | null, of: Partial<Quality> = {}): Quality => {
  const none = noCampaigns().quality
  return { ...none, overall: { alpha, plusMinus: 0.04, items: 9, answers: 27 }, ...of }
}
const verdict = (of: Quality, kind: 'attributes' | 'boxes' = 'attributes') => {
  const { head, text } = verdictOf(aCampaign({ kind, progress }), of)
  return `${head} ${text}`
}

describe('the sentence above a campaign', () => {
  test('says whether labels can be used, without whom it were better, and what to mend', () => {
    const without = [{ person: PersonId.parse('p6'), name: 'Annotator 6', alpha: 0.79 }]
    const attributes = [word('ball', 0.88), word('turns around', 0.41)]
    expect(verdict(quality(0.71, { without, attributes }))).toBe(
      'Usable, not yet reliable. Alpha is .71; reliable starts at .80. Without Annotator 6 it is .79. ' +
        '“turns around” is at .41: its guideline is the next thing to mend.',
    )
    expect(verdict(quality(0.42))).toBe('Not usable yet. Alpha is .42; usable starts at .67.')
    expect(verdict(quality(0.91, { attributes: [word('ball', 0.88)] }))).toBe('Reliable. Alpha is .91.')
  })

  test('says nothing of agreement before there is any', () => {
    expect(verdict(quality(null))).toMatch(/^Agreement cannot be told yet\./)
    const none = verdictOf(aCampaign(), quality(null))
    expect([none.look, none.head]).toEqual(['none', 'No answers yet.'])
  })

  test('of boxes tells the tubes', () => {
    const boxes = quality(null, { iou: 0.72, pairs: 12, attributes: [word('ball', null, 0.31)] })
    expect(verdict(boxes, 'boxes')).toBe(
      'Boxes agree. Mean tube IoU is .72 over 12 pairs of people. “ball” is at .31: its guideline is the next thing to mend.',
    )
  })
})

test('shares are written without their zero, and a dash where there is none', () => {
  expect([share(0.714), share(1), share(-0.12), share(0), share(null)]).toEqual([
    '.71',
    '1.00',
    '\u2212.12',
    '.00',
    '–',
  ])
})

test('what is left is told in work', () => {
  expect(workLeft({ progress })).toBe('71 to go, about 25 min of work')
  expect(workLeft({ progress: { ...progress, medianSeconds: null } })).toBe('71 to go')
  expect(workLeft({ progress: { ...progress, answers: 360 } })).toBe('all answers are there')
})
