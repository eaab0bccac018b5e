import { expect, test } from 'vitest'
import { ConsensusRule } from '@shared/config/campaign'
import { labelConsensus } from '@main/campaigns/consensus/label-consensus'
import { flagsOf } from '@main/campaigns/quality/flags'
import { bestPossible, rightShare, simulatedCrowd } from '@main/studies/crowd/simulated-crowd'

const crowd = simulatedCrowd({ seed: 1, items: 80, words: 8, perItem: 5 })
const found = labelConsensus(crowd.said, ConsensusRule.parse({}))
const right = (person: string) => [...found.skills.values()].find((skill) => skill.person === person)?.right ?? 0

test('people of known accuracy are ranked as they are', () => {
  const honest = crowd.people.filter(({ kind }) => kind === 'honest')
  const off = honest.map(({ id, accuracy }) => Math.abs(right(id) - accuracy * 0.97))
  expect(Math.max(...off)).toBeLessThan(0.08)
  const ranked = [...honest].sort((a, b) => right(a.id) - right(b.id)).map(({ id }) => id)
  const places = honest.map(({ id }, i) => Math.abs(ranked.indexOf(id) - i))
  expect(Math.max(...places)).toBeLessThanOrEqual(1)
})

test('Dawid-Skene does nearly as well as who knows everybody, and better than counting', () => {
  const best = bestPossible(crowd)
  const counted = labelConsensus(crowd.said, ConsensusRule.parse({ method: 'majority' }))
  const [weighed, plain] = [rightShare(found.labels, crowd.truth), rightShare(counted.labels, crowd.truth)]
  expect(best - plain).toBeGreaterThan(0.05)
  expect(weighed).toBeGreaterThan(best - 0.015)
})

test('who clicks at random and who takes the buttons for each other are named, and nobody else', () => {
  const flags = crowd.people.map(({ id, kind }) => {
    const skill = found.skills.get(id) ?? null
    return [kind, flagsOf({ times: [], patterns: [], skill, gold: null }).map((flag) => flag.kind)]
  })
  expect(flags).toEqual([
    ...Array.from({ length: 8 }, () => ['honest', []]),
    ['spammer', ['guesses']],
    ['swapper', ['swapped']],
  ])
})
