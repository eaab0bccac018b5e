import type { NameIndex } from '@shared/match-names'

/** A line of a list of videos, read in one way: what it names, and what stands after. */
export interface ListLine {
  name: string
  /** A class, as a word or a number; null where none is given. */
  label: string | null
  /** Pictures in a folder of them, in lists of such. */
  frames: number | null
}

const wholeNumber = /^\d+$/

/**
 * The ways to read a line, the most literal first, because names may hold blanks, commas and numbers: the line itself;
 * `name label`, `name,label` and (folders of pictures) `name frames label`; quotes around a name.
 */
export function readingsOf(line: string): ListLine[] {
  const text = line.trim()
  const quoted = /^"((?:[^"]|"")*)"[\s,;]*(.*)$/.exec(text)
  if (quoted) {
    const rest = (quoted[2] ?? '').split(/[\s,;]+/).filter(Boolean)
    return [{ name: (quoted[1] ?? '').replaceAll('""', '"'), ...after(rest) }]
  }
  const ways: ListLine[] = [{ name: text, label: null, frames: null }]
  const sign = /[,;\t]/.exec(text)
  if (sign) ways.push({ name: text.slice(0, sign.index), ...after([text.slice(sign.index + 1).trim()]) })
  const one = /^(.*?)[\s,;]+([^\s,;]+)$/.exec(text)
  if (one) ways.push({ name: one[1] ?? '', label: one[2] ?? null, frames: null })
  const two = /^(.*?)[\s,;]+(\d+)[\s,;]+(-?\d+)$/.exec(text)
  if (two) ways.push({ name: two[1] ?? '', label: two[3] ?? null, frames: Number(two[2]) })
  return ways.map((way) => ({ ...way, name: way.name.trim() })).filter(({ name }) => name !== '')
}

/** The way to read a line that names something known; where none does, the one its form speaks for. */
export function readLine(line: string, isKnown: (name: string) => boolean): ListLine {
  const ways = readingsOf(line)
  const known = ways.find(({ name }) => isKnown(name))
  if (known) return known
  const [whole = { name: line.trim(), label: null, frames: null }] = ways
  const numbered = ways.filter(({ label }) => label !== null && wholeNumber.test(label))
  return numbered.find(({ frames }) => frames !== null) ?? numbered.at(-1) ?? whole
}

/** Whether any way to read a line names something, and what; for lists whose labels do not count. */
export function findInList<Item>(line: string, index: NameIndex<Item>): ReturnType<NameIndex<Item>['find']> {
  const matches = readingsOf(line).map(({ name }) => index.find(name))
  return (
    matches.find(({ found }) => found !== null) ??
    matches.find(({ candidates }) => candidates.length > 0) ?? { found: null, candidates: [] }
  )
}

function after(rest: readonly string[]): Pick<ListLine, 'label' | 'frames'> {
  const [first, second] = rest
  if (first === undefined || first === '') return { label: null, frames: null }
  if (second === undefined) return { label: first, frames: null }
  return { label: second, frames: wholeNumber.test(first) ? Number(first) : null }
}
