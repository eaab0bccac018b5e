import type { SampleConfig } from '@shared/config/sample'

/** Things that a scene can hold; each has a drawing of its own. */
export type Thing = 'pole' | 'ball' | 'ring' | 'flag' | 'crate' | 'lamp' | 'puddle' | 'window'

const removable: readonly Thing[] = ['pole', 'ball', 'ring', 'flag']
const distractors: readonly Thing[] = ['crate', 'lamp', 'puddle', 'window']

/** In T4 the thing is always there and the attribute is what it does. */
const motions: Partial<Record<Thing, string>> = {
  pole: 'swinging',
  ball: 'bouncing',
  ring: 'spinning',
  flag: 'blinking',
}

export interface Word {
  name: string
  thing: Thing
  kind: 'removable' | 'variant' | 'distractor'
  group: string
}

/** The attributes of a data set, in the order of their numbers: removable ones, their red variants, distractors. */
export function vocabulary({ removable: count, tier, optionalAttributes }: SampleConfig): Word[] {
  const things = removable.slice(0, count)
  const nameOf = (thing: Thing) => (tier === 'T4' ? (motions[thing] ?? thing) : thing)
  const group = tier === 'T4' ? 'Motion' : 'Objects'
  return [
    ...things.map((thing): Word => ({ name: nameOf(thing), thing, kind: 'removable', group })),
    ...(optionalAttributes > 0 ? things : []).map((thing): Word => ({
      name: `red ${nameOf(thing)}`,
      thing,
      kind: 'variant',
      group,
    })),
    ...distractors
      .slice(0, count)
      .map((thing): Word => ({ name: thing, thing, kind: 'distractor', group: 'Surroundings' })),
  ]
}

/** Class c has the removable attributes whose bit is set in c; the names in order. */
export function classNames(config: SampleConfig): string[] {
  const words = vocabulary(config).filter((word) => word.kind === 'removable')
  return Array.from({ length: 2 ** config.removable }, (_, c) => {
    const names = words.filter((_word, bit) => c & (1 << bit)).map((word) => word.name)
    return names.join(' + ') || 'nothing'
  })
}

/** The class that is left when attributes are gone: their bits are cleared. Distractors change nothing. */
export function classWithout(config: SampleConfig, label: number, gone: readonly number[]): number {
  return gone.reduce((left, attribute) => {
    const bit = attribute < config.removable ? attribute : attribute - config.removable
    const isVariant = config.optionalAttributes > 0 && attribute >= config.removable && attribute < 2 * config.removable
    return attribute < config.removable || isVariant ? left & ~(1 << bit) : left
  }, label)
}
