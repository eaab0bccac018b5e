import type { ClassifierConfig } from '@shared/config/classifier'
import { trainedConfig } from '@shared/config/imported-model'
import type { Run } from '@shared/contract/learning'
import { Failure } from '@shared/failures'
import type { ClassId } from '@shared/ids'
import { summarise } from '@main/learning/target/model-summary'
import type { Named } from '@main/store/database/schema'

export interface StartBasis {
  /** The run to begin with, and the classes it knows. */
  from: Run
  fromClasses: readonly Named<ClassId>[]
  /** The classifier to be trained, and the project's classes. */
  config: ClassifierConfig
  classes: readonly Named<ClassId>[]
}

/**
 * Whether a classifier can begin with the weights of another one: finished, trained here, with the same layers and
 * classes; the picture may have any size.
 * @throws Failure RUN_NOT_FINISHED, BAD_SETTING
 */
export function requireStart({ from, fromClasses, config, classes }: StartBasis): void {
  const refuse = (reason: string) => new Failure('BAD_SETTING', { setting: 'startFrom', reason })
  if (from.kind !== 'classifier')
    throw refuse(`${from.name} is no classifier: a classifier begins with the weights of another classifier.`)
  const known = trainedConfig(from.config)
  if (!known) throw refuse(`${from.name} was brought in: only a network that was trained here can be gone on with.`)
  if (from.state !== 'done') throw new Failure('RUN_NOT_FINISHED', { run: from.id, state: from.state })
  const differing = differingClasses(fromClasses, classes)
  if (differing) throw refuse(`${from.name} was trained on other classes: ${differing}.`)
  const layer = differingLayer(known, config, classes.length)
  if (layer) throw refuse(`${from.name} has other layers: ${layer}. Take its widths and fully connected layers.`)
}

/** "Ollie is new, Kickflip is gone"; empty where both are the same, in whatever order. */
function differingClasses(from: readonly Named<ClassId>[], now: readonly Named<ClassId>[]): string {
  const missing = (some: readonly Named<ClassId>[], others: readonly Named<ClassId>[]) =>
    some.filter(({ id }) => !others.some((other) => other.id === id)).map(({ name }) => name)
  const [added, gone] = [missing(now, from), missing(from, now)]
  const words = (names: readonly string[], one: string, more: string) =>
    names.length > 0 ? [`${names.join(', ')} ${names.length > 1 ? more : one}`] : []
  return [...words(added, 'is new', 'are new'), ...words(gone, 'is gone', 'are gone')].join(', ')
}

/** The first layer whose weights do not fit, as "block1.conv1 has 1760 weights, and 6976 are wanted"; empty where all do. */
function differingLayer(from: ClassifierConfig, to: ClassifierConfig, classes: number): string {
  const theirs = summarise(from, classes).layers.filter(({ parameters }) => parameters > 0)
  const ours = summarise(to, classes).layers.filter(({ parameters }) => parameters > 0)
  for (const [i, { name, parameters }] of ours.entries()) {
    const found = theirs[i]
    if (found?.name !== name) return `it has ${found ? `${found.name} where ${name} is wanted` : `no ${name}`}`
    if (found.parameters !== parameters) return `${name} has ${found.parameters} weights, and ${parameters} are wanted`
  }
  const more = theirs[ours.length]
  return more ? `it has ${more.name}, which is not wanted` : ''
}
