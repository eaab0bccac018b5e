import { z } from 'zod'
import { labelValue } from '@main/interchange/kit/label-values'
import { CrowdSaid, type CrowdTrack } from './crowd-answer'

const CrowdBoxes = z.object({
  boundingBoxes: z.array(
    z.object({ label: z.string(), left: z.number(), top: z.number(), width: z.number(), height: z.number() }),
  ),
  inputImageProperties: z.object({ width: z.number().positive(), height: z.number().positive() }).optional(),
})

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** Text with the entities of HTML (`&#44;`, `&#x2c;`, `&quot;`) as the signs they stand for. */
export function withoutEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name) return named[String(name).toLowerCase()] ?? whole
    const code = decimal ? Number(decimal) : parseInt(String(hex), 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/** What the answer cells of one row say. `unread`: columns with text that is no answer. */
export interface ReadCells {
  said: CrowdSaid
  unread: string[]
}

/**
 * Reads the answers of an assignment: our layouts' JSON, crowd widgets' JSON (also over several lines), fields of forms
 * (`Answer.ball` = true, absent, `?`), choices (`Answer.weather` = `rain|wind`) and dotted names.
 * @param cells name after `Answer.`, and its values: a name may stand in the header more than once
 */
export function readCells(cells: readonly (readonly [name: string, values: readonly string[]])[]): ReadCells {
  const said: CrowdSaid = CrowdSaid.parse({})
  const unread: string[] = []
  for (const [name, values] of cells)
    for (const value of new Set(values.map((one) => one.trim()).filter(Boolean)))
      if (!(name === 'taskAnswers' || /^\s*[[{]/.test(value) ? json(said, value) : field(said, name, value)))
        unread.push(name)
  return { said, unread }
}

/** True where the text held something; JSON of neither kind is not read as words. */
function json(said: CrowdSaid, text: string): boolean {
  const values = parsed(text) ?? parsed(withoutEntities(text))
  if (!values) return false
  return values.map((value) => ours(said, value) || widgets(said, value)).some(Boolean)
}

function parsed(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : [value]
  } catch {
    return null
  }
}

function ours(said: CrowdSaid, value: unknown): boolean {
  const isOurs = typeof value === 'object' && value !== null && ('labels' in value || 'tracks' in value)
  const read = isOurs ? CrowdSaid.safeParse(value) : null
  if (!read?.success) return false
  Object.assign(said.labels, read.data.labels)
  said.tracks.push(...read.data.tracks)
  said.picture ??= read.data.picture
  said.skipped ??= read.data.skipped
  said.seconds ??= read.data.seconds
  return true
}

/** `{name: {boundingBoxes, inputImageProperties}}`, `{name: {label}}`, `{name: {present: true, absent: false}}`, `{name: true}`. */
function widgets(said: CrowdSaid, value: unknown): boolean {
  const entries = z.record(z.string(), z.unknown()).safeParse(value)
  if (!entries.success) return false
  return Object.entries(entries.data)
    .map(([name, one]) => {
      const boxes = CrowdBoxes.safeParse(one)
      if (boxes.success) return widgetBoxes(said, boxes.data)
      return (wordsOf(one) ?? []).map((word) => field(said, name, word)).some(Boolean)
    })
    .some(Boolean)
}

function widgetBoxes(said: CrowdSaid, { boundingBoxes, inputImageProperties }: z.infer<typeof CrowdBoxes>): boolean {
  said.picture ??= inputImageProperties ?? null
  for (const { label, ...box } of boundingBoxes) {
    const keyframe = { ...box, frame: null, time: null, outside: false, occluded: false }
    const track: CrowdTrack = { attribute: label, lasting: false, keyframes: [keyframe] }
    if (label) said.tracks.push(track)
  }
  return true
}

/** Words of a widget's value: a text, a truth, a `label`, or the names that are true. */
function wordsOf(value: unknown): string[] | null {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return [String(value)]
  const label = z.object({ label: z.string() }).safeParse(value)
  if (label.success) return [label.data.label]
  const labels = z.object({ labels: z.array(z.string()) }).safeParse(value)
  if (labels.success) return labels.data.labels
  const flags = z.record(z.string(), z.boolean()).safeParse(value)
  return flags.success ? Object.entries(flags.data).flatMap(([word, on]) => (on ? [word] : [])) : null
}

/** One field: an answer where its value is one, else words somebody chose. False for a text that is too long for words. */
function field(said: CrowdSaid, name: string, raw: string): boolean {
  const text = withoutEntities(raw).trim()
  const value = /^on$/i.test(text) ? 'present' : labelValue(text)
  if (value) {
    said.labels[withoutEntities(name.slice(name.lastIndexOf('.') + 1)) || name] = value
    return true
  }
  const words = text
    .split('|')
    .map((word) => word.trim())
    .filter(Boolean)
  if (words.some((word) => word.length > 100 || /[\r\n]/.test(word))) return false
  for (const word of words) said.labels[word] = 'present'
  return true
}
