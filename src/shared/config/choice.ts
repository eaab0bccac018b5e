import { z } from 'zod'

/**
 * A setting that is one of a few: each value with the words a person reads in forms, summaries and comparisons. Files and
 * the command line have the values themselves. Words have no comma, as lists of them do.
 */
export function choice<const Value extends string>(words: Readonly<Record<Value, string>>) {
  const [first, ...others] = Object.keys(words) as Value[]
  if (first === undefined) throw new Error('a choice has a value at least')
  return z.enum([first, ...others]).meta({ choices: words })
}
