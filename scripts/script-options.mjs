import { parseArgs } from 'node:util'

/** What was typed as `parseArgs` has it, or a sentence of what is wrong with it as `problem`. */
export function optionsOr(config) {
  try {
    return parseArgs(config)
  } catch (error) {
    return { values: {}, positionals: [], problem: `${error.message.split('. ')[0]}.` }
  }
}

/** Seeds with commas between, or from one to another (0..4); null where one is no whole number from 0. */
export function seedsOf(text) {
  const range = /^(\d+)\.\.(\d+)$/.exec(text.trim())
  if (range) {
    const [first, last] = [Number(range[1]), Number(range[2])]
    return last < first ? null : Array.from({ length: last - first + 1 }, (_, i) => first + i)
  }
  const seeds = text.split(',').map((seed) => (seed.trim() === '' ? NaN : Number(seed)))
  return seeds.every((seed) => Number.isInteger(seed) && seed >= 0) ? seeds : null
}
