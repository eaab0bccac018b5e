import { Failure } from '@shared/failures'
import type { LabelValue } from '@shared/contract/library'
import { z } from 'zod'
import { type Source, bytesOf } from '@main/interchange/source/source'
import { readNumpy } from './npy'

/** Which attributes some classes or videos have. */
export interface Table {
  of: 'class' | 'video'
  columns: string[]
  /** `values` in the order of the columns; null where nothing is said. */
  rows: { name: string; line: number | null; values: (LabelValue | null)[] }[]
}

/** The classes of Olympic Sports in the order of the published table (Liu, Kuipers, Savarese 2011, Table 3). */
const olympicClasses = [
  'basketball_layup',
  'bowling',
  'clean_and_jerk',
  'discus_throw',
  'diving_platform_10m',
  'diving_springboard_3m',
  'hammer_throw',
  'high_jump',
  'javelin_throw',
  'long_jump',
  'pole_vault',
  'shot_put',
  'snatch',
  'tennis_serve',
  'triple_jump',
  'vault',
]

/** The class that a file of the release means: blanks for lines, and three names that are misspelt there; else null. */
export function olympicClass(name: string): string | null {
  const plain = name.trim().toLowerCase().replace(/\s+/g, '_').replace('platfrom', 'platform')
  return olympicClasses.find((one) => one === plain || one === `diving_${plain}`) ?? null
}

/** Liu et al.'s text: the name of an attribute, then a 0 or 1 for each of 16 classes, and so on. */
export function olympicTable(text: string): Table {
  const lines = text.split(/\r\n|\n|\r/).map((line) => line.trim())
  const blocks = lines.flatMap((line, i) => (/[a-z]/i.test(line) ? [{ name: line, at: i }] : []))
  const rows = olympicClasses.map((name, i) => {
    return { name, line: null, values: blocks.map(({ at }) => numberValue(lines[at + 1 + i])) }
  })
  return { of: 'class', columns: blocks.map(({ name }) => name), rows }
}

/** An npz of a table of numbers and two lists of names, in any order. Rejects with Failure BAD_SETTING. */
export async function npzTable(source: Source): Promise<Table> {
  const paths = source.files().filter((path) => path.endsWith('.npy'))
  const arrays = await Promise.all(paths.map(async (path) => readNumpy(path, await bytesOf(source.open(path)))))
  const table = arrays.find(({ shape, values }) => shape.length === 2 && typeof values[0] === 'number')
  const [height = 0, width = 0] = table?.shape ?? []
  const words = arrays.filter(({ shape, values }) => shape.length === 1 && typeof values[0] === 'string')
  const rowNames = words.find(({ shape }) => shape[0] === height)
  const names = words.find((one) => one !== rowNames && one.shape[0] === width)
  if (!table || !rowNames || !names)
    throw bad(source.name, 'it needs a table of numbers and the names of its rows and columns as three arrays')
  const rows = rowNames.values.map((name, i) => {
    return { name: String(name), line: null, values: table.values.slice(i * width, (i + 1) * width).map(numberValue) }
  })
  return { of: 'class', columns: names.values.map((name) => String(name).trim()), rows }
}

const cell = z.union([z.number(), z.boolean(), z.null()])
const Shapes = z.union([
  z.object({ classes: z.array(z.string()), attributes: z.array(z.string()), matrix: z.array(z.array(cell)) }),
  z.record(z.string(), z.record(z.string(), cell)),
  z.record(z.string(), z.array(z.string())),
])

/**
 * `{classes, attributes, matrix}`, or an object of classes, each with an object of attributes or a list of those it has.
 * Throws Failure BAD_SETTING.
 */
export function jsonTable(name: string, text: string): Table {
  const parsed = Shapes.safeParse(jsonOf(name, text))
  if (!parsed.success) throw bad(name, 'it is no table: {classes, attributes, matrix} or {class: {attribute: 1}}')
  const data = parsed.data
  if (isMatrix(data)) {
    const rows = data.classes.map((of, i) => ({
      name: of,
      line: null,
      values: (data.matrix[i] ?? []).map(numberValue),
    }))
    return { of: 'class', columns: data.attributes, rows }
  }
  const entries = Object.entries(data).map(([of, has]) => {
    const values: [string, unknown][] = Array.isArray(has) ? has.map((word) => [word, 1]) : Object.entries(has)
    return { of, values: new Map(values) }
  })
  const columns = [...new Set(entries.flatMap(({ values }) => [...values.keys()]))]
  const rows = entries.map(({ of, values }) => {
    return { name: of, line: null, values: columns.map((word) => numberValue(values.get(word))) }
  })
  return { of: 'class', columns, rows }
}

function isMatrix(
  data: z.infer<typeof Shapes>,
): data is { classes: string[]; attributes: string[]; matrix: number[][] } {
  return Array.isArray(data.classes) && Array.isArray(data.attributes) && Array.isArray(data.matrix)
}

function numberValue(value: unknown): LabelValue | null {
  if (value === null || value === undefined || value === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? (number >= 0.5 ? 'present' : 'absent') : null
}

function jsonOf(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw bad(name, `it is no JSON (${String(error)})`)
  }
}

function bad(name: string, reason: string): Failure {
  return new Failure('BAD_SETTING', { setting: 'file', reason: `${name}: ${reason}` })
}
