import type { z } from 'zod'
import type { Finding } from '@shared/contract/learning'
import type { AttributeInfo, ClassInfo } from '@shared/contract/library'
import { Failure } from '@shared/failures'

type Findings = z.infer<typeof Finding>[]

/** What the checks before a run look at. */
export interface DataFacts {
  classes: readonly Pick<ClassInfo, 'id' | 'name' | 'train' | 'test'>[]
  attributes: readonly AttributeInfo[]
  /** Training and test videos that can be read and whose class the model knows. */
  trainVideos: number
  testVideos: number
  /** Training videos without an attribute: S(x) empty. */
  trainWithoutAttributes: number
  /** Groups with training and test videos. */
  leakingGroups: readonly string[]
  /** Classes that nothing tells apart, group by group. */
  alike: readonly (readonly string[])[]
  /** Videos without class or split, or that cannot be read. */
  leftOut: number
}

/** The same facts, each made once: for looking at them for many runs in one turn. */
export function onceEach(facts: DataFacts): DataFacts {
  const kept = new Map<PropertyKey, unknown>()
  return new Proxy(facts, {
    get(target, key) {
      if (!kept.has(key)) kept.set(key, Reflect.get(target, key))
      return kept.get(key)
    },
  })
}

/** Throws Failure TOO_FEW_CLASSES or CLASS_EMPTY. */
export function requireClasses({ classes }: DataFacts): void {
  const filled = classes.filter(({ train }) => train > 0)
  if (filled.length < 2) throw new Failure('TOO_FEW_CLASSES', { classes: filled.map(({ name }) => name) })
  const empty = classes.filter(({ train }) => train === 0)
  if (empty.length > 0) throw new Failure('CLASS_EMPTY', { classes: empty.map(({ name }) => name) })
}

/** Throws Failure NO_ATTRIBUTES. */
export function requireAttributes({ trainVideos, trainWithoutAttributes }: DataFacts): void {
  if (trainVideos === 0 || trainWithoutAttributes === trainVideos) throw new Failure('NO_ATTRIBUTES', {})
}

/** Throws Failure BAD_SETTING where mirrored clips would say the opposite of their labels. */
export function requireFlips(flip: boolean, facts: Pick<DataFacts, 'attributes'>): void {
  if (!flip) return
  const sided = facts.attributes.filter(({ side, videos }) => side !== 'none' && videos > 0)
  if (sided.length === 0) return
  const names = sided.map(({ name }) => name).join(', ')
  throw new Failure('BAD_SETTING', {
    setting: 'flip',
    reason: `Mirrored clips would be labelled wrongly: ${names} ${sided.length > 1 ? 'are' : 'is'} marked left or right. Turn flips off.`,
  })
}

/**
 * Everything worth knowing before a run, worst first; the refusals of the checks above among them.
 * @param more further warnings, of the model
 */
export function findings(facts: DataFacts, checks: readonly (() => void)[], more: readonly string[] = []): Findings {
  const errors = checks.flatMap((check) => refusal(check))
  const { classes, attributes, leftOut, trainWithoutAttributes, trainVideos, testVideos, leakingGroups, alike } = facts
  const named = (names: readonly string[]) =>
    names.length > 5 ? `${names.slice(0, 5).join(', ')} ...` : names.join(', ')
  const untested = classes.filter(({ train, test }) => train > 0 && test === 0).map(({ name }) => name)
  const unused = attributes.filter(({ videos }) => videos === 0).map(({ name }) => name)
  const warnings = [
    untested.length > 0 && `Classes without test videos: ${named(untested)}. Their accuracy will not be known.`,
    unused.length > 0 && `Attributes that no video has: ${named(unused)}.`,
    leakingGroups.length > 0 &&
      `Groups with training and test videos: ${named(leakingGroups)}. The test would look at films that were trained on; put each on one side.`,
    ...alike.map(
      (group) =>
        `Nothing in the vocabulary tells these apart: ${named(group)}. Add an attribute that one of them lacks.`,
    ),
    leftOut > 0 && `${leftOut} videos are left out: no class, no split, or they cannot be read.`,
    trainWithoutAttributes > 0 &&
      trainWithoutAttributes < trainVideos &&
      `${trainWithoutAttributes} of ${trainVideos} training videos have no attribute; explanations do not learn from them.`,
    ...more,
  ].flatMap((text) => (text ? [{ level: 'warn' as const, text }] : []))
  const fine = { level: 'ok' as const, text: `${trainVideos} training videos, ${testVideos} test videos.` }
  return [...errors, ...warnings, ...(errors.length === 0 ? [fine] : [])]
}

function refusal(check: () => void): Findings {
  try {
    check()
    return []
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const data = error.data as { classes?: string[]; reason?: string }
    const which = data.classes?.length ? ` (${data.classes.join(', ')})` : data.reason ? ` ${data.reason}` : ''
    return [{ level: 'error', text: `${error.message}${which}` }]
  }
}
