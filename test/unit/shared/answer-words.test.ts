import { expect, test } from 'vitest'
import {
  type AnsweredCard,
  answerWords,
  noSecondOpinion,
  secondWords,
  signed,
  sourceWords,
  unseenWords,
  whyUnsupported,
} from '@shared/answer-words'

const card = (of: Partial<AnsweredCard> = {}): AnsweredCard => ({
  ...{
    name: 'pole',
    score: 17.66,
    tubeScore: 17.66,
    rank: -0.02,
    rankedBy: 'min',
    supported: true,
    evidenceThreshold: 4.3,
  },
  ...{ presence: null, assigned: true, source: 'person', ...of },
})
const apart = { sameSet: false }

test('a because says what was found, how strong evidence must be, and what put it first', () => {
  const words = answerWords([card(), card({ name: 'ball', score: 17.85, rank: -0.25 })], apart)
  expect(words).toMatchObject({ kind: 'because', headline: 'Because of pole' })
  expect(words.detail).toBe(
    'It scores +17.66; evidence begins above +4.30. Ranked by the weakest tube: −0.02, then ball with −0.25.',
  )
})

test('words that are ranked alike make no because', () => {
  const words = answerWords([card({ rank: 3.001 }), card({ name: 'ball', rank: 3 })], apart)
  expect(words).toMatchObject({ kind: 'tie', headline: 'pole or ball: the model ranks them alike' })
  expect(words.detail).toBe('pole scores +17.66, ball +17.66; evidence begins above +4.30.')
})

test('a score below the level makes no because, and is said with the level', () => {
  const words = answerWords([card({ score: 1.8, supported: false })], apart)
  expect(words).toMatchObject({ kind: 'none', headline: 'No evidence for A against B' })
  expect(words.detail).toBe('The best there is, pole, scores +1.80; evidence begins above +4.30.')
  expect(whyUnsupported(card({ score: 1.8, supported: false }), apart)).toContain('evidence begins above +4.30')
  expect(whyUnsupported(card({ score: -1, supported: false }), apart)).toContain('speaks for B')
  expect(whyUnsupported(card(), apart)).toBeNull()
  expect(whyUnsupported(card({ supported: false, tubeScore: -2 }), apart)).toContain('clear of the tubes before it')
})

test('classes of equal attributes have no because, however large the score', () => {
  const words = answerWords([card({ score: 40, supported: false })], { sameSet: true })
  expect(words.kind).toBe('same')
  expect(words.detail).toContain('Add one')
  expect(whyUnsupported(card({ score: 40, supported: false }), { sameSet: true })).toContain('tells A and B apart')
})

test('by the largest score the strongest tube is named, and by presence what the clip shows', () => {
  const byMax = { rankedBy: 'max', rank: 17.66 } as const
  expect(answerWords([card(byMax), card({ ...byMax, name: 'ball', rank: 9 })], apart).detail).toContain(
    'strongest tube',
  )
  const byPresence = { rankedBy: 'presence', rank: 0.97 } as const
  expect(answerWords([card(byPresence), card({ ...byPresence, name: 'ball', rank: 0.1 })], apart).detail).toContain(
    'more surely than ball',
  )
})

test('a first card that is not seen where it scores makes no because, and says so beside its score', () => {
  const words = answerWords([card({ presence: 0.2 })], apart)
  expect(words).toMatchObject({ kind: 'unseen', headline: 'pole ranks first, but is not seen where it scores' })
  expect(unseenWords(card({ presence: 0.2 }))).toContain('not seen where it scores')
  expect(unseenWords(card({ presence: 0.8 }))).toBeNull()
  expect(unseenWords(card({ presence: null }))).toBeNull()
  expect(unseenWords(card({ presence: 0.2, supported: false }))).toBeNull()
})

test('the second opinion says whether it points to the same place, and what it names', () => {
  const opinion = { method: 'gradCamDifference', attribute: null, presence: null, assigned: false, tube: [] } as const
  const second = (name: string | null, agrees: boolean) => ({
    opinion: { ...opinion, tube: [], name, agrees, agreement: agrees ? 0.6 : 0 },
    reason: null,
  })
  expect(secondWords(second('pole', true), card())).toBe('It points to the same place, and names pole too.')
  expect(secondWords(second('ball', false), card())).toBe('It points to another place, and names ball.')
  expect(secondWords(second(null, true), card())).toBe('It points to the same place.')
  expect(secondWords({ opinion: null, reason: noSecondOpinion.noLayers }, card())).toContain('no second opinion')
})

test('who assigned an attribute is said only of whom it was', () => {
  expect(sourceWords({ assigned: true, source: 'person' })).toBe('assigned by a person')
  expect(sourceWords({ assigned: true, source: 'class' })).toBe('assigned by its class')
  expect(sourceWords({ assigned: false, source: null })).toBe('not assigned')
})

test('signed numbers have no minus zero', () => {
  expect([1, -0.31, -0.001, 0].map(signed)).toEqual(['+1.00', '−0.31', '0.00', '0.00'])
})
