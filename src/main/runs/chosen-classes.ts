import { Failure } from '@shared/failures'
import type { DataFacts } from './run-checks'

/**
 * The classes of a run by the names that were chosen, in the project's order; all of them where none was.
 * Throws Failure BAD_SETTING for a name that no class has.
 */
export function chosenClasses<C extends { name: string }>(all: readonly C[], names: readonly string[]): readonly C[] {
  if (names.length === 0) return all
  const unknown = names.filter((name) => !all.some((one) => one.name === name))
  if (unknown.length > 0) {
    const known = all.map(({ name }) => name).join(', ')
    const reason = `There is no class called ${unknown.join(', ')}. The project has ${known || 'none'}.`
    throw new Failure('BAD_SETTING', { setting: 'classes', reason })
  }
  return all.filter(({ name }) => names.includes(name))
}

/** What the checks look at, of these classes alone; a name that no class has counts nothing. */
export function factsOf(facts: DataFacts, names: readonly string[]): DataFacts {
  if (names.length === 0) return facts
  const classes = facts.classes.filter(({ name }) => names.includes(name))
  const total = (side: 'train' | 'test') => classes.reduce((sum, one) => sum + one[side], 0)
  return {
    ...{ classes, trainVideos: total('train'), testVideos: total('test') },
    get attributes() {
      return facts.attributes
    },
    get trainWithoutAttributes() {
      return facts.trainWithoutAttributes
    },
    get leakingGroups() {
      return facts.leakingGroups
    },
    get alike() {
      const some = facts.alike.map((group) => group.filter((name) => names.includes(name)))
      return some.filter((group) => group.length > 1)
    },
    get leftOut() {
      return facts.leftOut
    },
  }
}
