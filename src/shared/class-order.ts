import { cleanName } from './match-names'

/** Whether names fit the outputs of a model, and what the project makes of them. */
export interface ClassOrder {
  /** Names that are no class of the project. */
  unknown: string[]
  /** Classes of the project that the model does not know. */
  missing: string[]
  /** Sentences that stand against it; the unknown names are no such thing where they are to be made. */
  problems: string[]
}

/** Checks the names of a model's outputs, in their order, against the classes of the project. */
export function classOrder(
  names: readonly string[],
  { outputs, known, create }: { outputs: number; known: readonly string[]; create: boolean },
): ClassOrder {
  const unknown = names.filter((name) => !known.includes(name))
  const missing = known.filter((name) => !names.includes(name))
  const twice = [...new Set(names.filter((name, i) => names.indexOf(name) !== i))]
  const problems = [
    ...(names.length === outputs ? [] : [`The model has ${outputs} outputs, and ${names.length} names are given.`]),
    ...(names.includes('') ? ['A name is empty.'] : []),
    ...(twice.length > 0 ? [`Each name stands once; given twice: ${some(twice)}.`] : []),
    ...(unknown.length > 0 && !create ? [`The project has no class of this name: ${some(unknown)}.`] : []),
  ]
  return { unknown, missing, problems }
}

/** Names from a text, one a line; empty lines at the end are none. */
export function namesIn(text: string): string[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .map(cleanName)
  const last = lines.findLastIndex((line) => line !== '')
  return lines.slice(0, last + 1)
}

function some(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} more` : names.join(', ')
}
