import type { Annotations, AttributeSpan, Track, VideoLabel } from '@shared/contract/annotation'
import type { AttributeInfo, LabelSource, LabelValue } from '@shared/contract/library'
import type { AttributeId } from '@shared/ids'
import { hotkeysOf, inGroups } from '@shared/hotkeys'

/** A row of the attributes panel. */
export interface AttributeRow {
  attribute: AttributeInfo
  /** The one chosen for the word; else "1" for the first of the vocabulary, "Q 1" for the tenth; kept while searching, so that a key always means the same. */
  hotkey: string | null
  value: LabelValue | null
  source: LabelSource | null
  /** Said to be present, and no track shows where. */
  needsBox: boolean
  /** Boxes of it were proposed, and nobody said yes or no. */
  proposed: boolean
  /** From where to where it is seen, in rising order. */
  spans: readonly AttributeSpan[]
  /** What other people said, where they are shown. */
  others: readonly OtherAnswer[]
}

export interface OtherAnswer {
  person: string
  value: LabelValue
}

export interface AttributeGroup {
  name: string
  rows: AttributeRow[]
}

interface Said {
  attributes: readonly AttributeInfo[]
  labels: readonly VideoLabel[]
  tracks: readonly Track[]
  spans?: readonly AttributeSpan[]
  others?: Pick<Annotations['others'], 'people' | 'labels'>
}

/** All rows in the order of the vocabulary, groups kept together. */
export function attributeRows({ attributes, labels, tracks, spans = [], others }: Said): AttributeRow[] {
  const answers = new Map(labels.map((label) => [label.attribute, label]))
  const ofOthers = answersOfOthers(others)
  const boxed = new Set(tracks.map((track) => track.attribute))
  const isOpen = ({ keyframes }: Track) => keyframes.some(({ proposed }) => proposed)
  const open = new Set(tracks.filter(isOpen).map((track) => track.attribute))
  const seen = Map.groupBy(spans, ({ attribute }) => attribute)
  const words = inGroups(attributes)
  const keys = hotkeysOf(words)
  return words.map((attribute, i) => {
    const answer = answers.get(attribute.id)
    return {
      attribute,
      hotkey: keys[i] ?? null,
      value: answer?.value ?? null,
      source: answer?.source ?? null,
      needsBox: answer?.value === 'present' && !boxed.has(attribute.id),
      proposed: open.has(attribute.id),
      spans: seen.get(attribute.id) ?? [],
      others: ofOthers.get(attribute.id) ?? [],
    }
  })
}

function answersOfOthers({ people, labels }: NonNullable<Said['others']> = { people: [], labels: [] }) {
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const said = labels.map(({ attribute, annotator, value }) => {
    return { attribute, value, person: (annotator && names.get(annotator)) ?? 'somebody' }
  })
  return Map.groupBy(said, ({ attribute }) => attribute)
}

/** The rows whose name, group or description holds `text`, under their groups. */
export function attributeGroups(rows: readonly AttributeRow[], text: string): AttributeGroup[] {
  const wanted = text.trim().toLowerCase()
  const found = rows.filter(({ attribute: { name, group, description } }) =>
    [name, group, description].some((words) => words.toLowerCase().includes(wanted)),
  )
  return [...Map.groupBy(found, (row) => row.attribute.group)].map(([name, rows]) => ({ name, rows }))
}

/** "12–40", or "2 spans". */
export function spanWords(spans: AttributeRow['spans']): string {
  const [only] = spans
  return spans.length === 1 && only ? ends(only) : `${spans.length} spans`
}

/** All of them, in a sentence. */
export function spansTold(spans: AttributeRow['spans']): string {
  return `Seen in frames ${spans.map(ends).join(', ')}`
}

function ends({ from, to }: Pick<AttributeSpan, 'from' | 'to'>): string {
  return from === to ? String(from) : `${from}–${to}`
}

/** The attribute of a hotkey. */
export function attributeOfKey(rows: readonly AttributeRow[], key: string): AttributeId | null {
  return rows.find((row) => row.hotkey === key)?.attribute.id ?? null
}
