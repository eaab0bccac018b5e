import type { AnnotatorFlag } from '@shared/contract/campaign-quality'
import type { LabelValue } from '@shared/contract/library'
import { wilson } from '@main/evaluation/wilson'
import { type Skill, values } from '@main/campaigns/consensus/label-consensus'

/** What is looked at to see how somebody works. */
export interface Behaviour {
  /** Seconds of each answer that has a time, with the length of its video, s. */
  times: readonly { seconds: number; clip: number }[]
  /** Answers of each item, word by word, and what the consensus has there. */
  patterns: readonly { own: string; consensus: string }[]
  skill: Skill | null
  /** Answers on gold, and how many of them are right; null in a campaign of boxes. */
  gold: { answers: number; right: number } | null
}

/** Fewer items than this say nothing about how somebody works. */
const fewest = 8
/** Fewer answers that are truly one thing say nothing about how often somebody takes it for another. */
const fewestSeen = 10

/** What stands out, worst first. Each rule says its facts. */
export function flagsOf(behaviour: Behaviour): AnnotatorFlag[] {
  const rules = [tooQuick, tooUniform, swapped, guesses, wrongOnGold]
  return rules.flatMap((rule) => rule(behaviour) ?? [])
}

/** Most answers came before the video could have been seen once. */
function tooQuick({ times }: Behaviour): AnnotatorFlag | null {
  const early = times.filter(({ seconds, clip }) => clip > 0 && seconds < clip)
  if (times.length < fewest || early.length * 2 <= times.length) return null
  return { kind: 'tooQuick', why: `${early.length} of ${times.length} answers came before the clip had ended once.` }
}

/** Says the same of nearly everything, where the consensus does not. */
function tooUniform({ patterns }: Behaviour): AnnotatorFlag | null {
  if (patterns.length < fewest || (patterns[0]?.own.length ?? 0) < 2) return null
  const [pattern, own] = mostFrequent(patterns.map((one) => one.own))
  const usual = patterns.filter(({ consensus }) => consensus === pattern).length
  if (own < patterns.length * 0.7 || own - usual < patterns.length * 0.3) return null
  const shown = new Set(pattern).size === 1 ? `“${wordOf(pattern[0])}” to every word` : 'the same to every item'
  return { kind: 'tooUniform', why: `${own} of ${patterns.length} items were answered ${shown}.` }
}

/** Says present where it is absent and absent where it is present, more often than chance would have it. */
function swapped({ skill }: Behaviour): AnnotatorFlag | null {
  const rates = presence(skill)
  if (!rates || rates.found - rates.invented + rates.reach >= -0.1) return null
  const [missed, invented] = [percent(rates.missed), percent(rates.invented)]
  return {
    kind: 'swapped',
    why: `Says absent of ${missed} that is present, and present of ${invented} that is absent.`,
  }
}

/** What they say hardly depends on what is there. */
function guesses({ skill }: Behaviour): AnnotatorFlag | null {
  const rates = presence(skill)
  if (!rates) return null
  if (Math.abs(rates.found - rates.invented) + rates.reach >= 0.2) return null
  const [found, invented] = [percent(rates.found), percent(rates.invented)]
  return { kind: 'guesses', why: `Says present of ${found} that is present, and of ${invented} that is absent.` }
}

function wrongOnGold({ gold }: Behaviour): AnnotatorFlag | null {
  if (!gold || gold.answers === 0 || wilson(gold.right / gold.answers, gold.answers).high >= 0.8) return null
  return { kind: 'wrongOnGold', why: `${gold.right} of ${gold.answers} answers on gold items are right.` }
}

function presence(skill: Skill | null) {
  const [seenPresent = 0, seenAbsent = 0] = skill?.seen ?? []
  const [ofPresent, ofAbsent] = skill?.confusion ?? []
  if (!ofPresent || !ofAbsent || seenPresent < fewestSeen || seenAbsent < fewestSeen) return null
  const [found = 0, missed = 0] = ofPresent
  // How far the difference of the two may be off by chance.
  const reach = 2 * Math.sqrt(0.25 / seenPresent + 0.25 / seenAbsent)
  return { found, missed, invented: ofAbsent[0] ?? 0, reach }
}

function mostFrequent(list: readonly string[]): [string, number] {
  const counts = [...Map.groupBy(list, (one) => one)].map(([one, all]): [string, number] => [one, all.length])
  return counts.sort((a, b) => b[1] - a[1])[0] ?? ['', 0]
}

/** A sign of a pattern in words. */
function wordOf(sign: string | undefined): LabelValue {
  return values[Number(sign)] ?? 'unsure'
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
