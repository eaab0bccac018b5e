import type { NetworkNotes } from './network'

const classKeys = ['classes', 'class_names', 'names', 'labels', 'categories']

/** What the metadata of a file says of its classes and its pixels, as exporters write it. */
export function notesOf(metadata: ReadonlyMap<string, string>): NetworkNotes {
  const classes = classKeys.map((key) => namesOf(metadata.get(key))).find((names) => names !== null) ?? null
  const mean = coloursOf(metadata.get('mean') ?? metadata.get('image_mean'))
  const deviation = coloursOf(metadata.get('std') ?? metadata.get('image_std'))
  return { classes, scale: mean && deviation ? scaled(mean, deviation) : null }
}

/** A list as JSON, numbered names as JSON or Python write them, or names by comma or line. */
function namesOf(text: string | undefined): string[] | null {
  if (!text?.trim()) return null
  const value = jsonOf(text)
  if (Array.isArray(value)) return value.map(String)
  if (typeof value === 'object' && value !== null) return Object.values(value).map(String)
  const numbered = [...text.matchAll(/\d+\s*:\s*(['"])(.*?)\1/g)].map(([, , name = '']) => name)
  if (numbered.length > 0) return numbered
  return text
    .split(/[\n,]/)
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function coloursOf(text: string | undefined): number[] | null {
  const value = text === undefined ? null : jsonOf(text.replace(/^\(|\)$/g, (bracket) => (bracket === '(' ? '[' : ']')))
  return Array.isArray(value) && value.length === 3 && value.every((v) => Number.isFinite(v))
    ? (value as number[])
    : null
}

/** Numbers above 1 are of pixels from 0 to 255. */
function scaled(mean: readonly number[], deviation: readonly number[]): NetworkNotes['scale'] {
  const by = [...mean, ...deviation].some((value) => value > 2) ? 255 : 1
  return { mean: mean.map((value) => value / by), deviation: deviation.map((value) => value / by) }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
