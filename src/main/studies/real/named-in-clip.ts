import { areaUnderCurve } from '@main/evaluation/auc'
import type { Numbers } from '@main/studies/numbers'
import { type ClipAnswer, type ShownWord, varies } from './clip-answer'

/** How often answers name what their clip shows, beside what knowing the class would give. */
export function namedInClip(answers: readonly ClipAnswer[]): Numbers {
  const said = answers.flatMap(({ said: name, words }) => words.find(({ attribute }) => attribute === name) ?? [])
  const known = said.filter(({ shown }) => shown !== null)
  const varying = known.filter(varies)
  return {
    clips: answers.length,
    ...{ answers: known.length, named: shareShown(known), namedByClass: meanPrior(known) },
    ...{ varyingAnswers: varying.length, namedVarying: shareShown(varying), namedVaryingByClass: meanPrior(varying) },
    evidence: mean(answers.map(({ supported }) => Number(supported))),
    wordsSaid: new Set(said.map(({ attribute }) => attribute)).size,
  }
}

/** Whether presence tells, clip by clip, the attributes that vary within the class; knowing the class has an AUC of .5. */
export function presenceOfVarying(answers: readonly ClipAnswer[]): Numbers {
  const words = answers.flatMap(({ pos, words: all }) =>
    all.flatMap((word) => (varies(word) && word.shown !== null && word.presence !== null ? [{ ...word, pos }] : [])),
  )
  const right = (said: (word: ShownWord) => number | null) =>
    mean(words.map((word) => Number((said(word) ?? 0) >= 0.5 === word.shown)))
  const groups = Map.groupBy(words, ({ pos, attribute }) => `${pos} ${attribute}`)
  const areas = [...groups.values()].flatMap((own) => {
    const of = (shown: boolean) => own.flatMap((w) => (w.shown === shown ? [w.presence ?? 0] : []))
    const area = areaUnderCurve(of(true), of(false))
    return area === null ? [] : [{ area, count: own.length }]
  })
  const counted = areas.reduce((sum, { count }) => sum + count, 0)
  return {
    ...{ questions: words.length, right: right(({ presence }) => presence), rightByClass: right(({ prior }) => prior) },
    aucWithinClass: areas.reduce((sum, { area, count }) => sum + area * count, 0) / counted,
    classesAndWords: areas.length,
  }
}

function shareShown(words: readonly ShownWord[]): number {
  return mean(words.map(({ shown }) => Number(shown)))
}

function meanPrior(words: readonly ShownWord[]): number {
  return mean(words.map(({ prior }) => prior))
}

function mean(values: readonly number[]): number {
  return values.length ? values.reduce((a, b) => a + b, 0) / values.length : NaN
}
