import type { DecodedTable, SourceFacts } from '@main/media/decode/contract/decoder'

/** Spans of rising ordinals as people write them: "3, 8-11, 20"; after `most` spans "and 14 more". */
export function spansInWords(ordinals: readonly number[], most = 6): string {
  const spans: [number, number][] = []
  for (const ordinal of ordinals) {
    const last = spans.at(-1)
    if (last && ordinal === last[1] + 1) last[1] = ordinal
    else spans.push([ordinal, ordinal])
  }
  const shown = spans.slice(0, most).map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`))
  const left = spans.slice(most).reduce((sum, [from, to]) => sum + to - from + 1, 0)
  return shown.join(', ') + (left > 0 ? ` and ${left} more` : '')
}

/**
 * Why a readable file counts as damaged, or null when nothing was complained about. A count that differs from the
 * header's is normal by itself (edit lists, packed pictures) and is mentioned only beside other damage.
 */
export function damageInWords({ declaredFrames }: SourceFacts, table: DecodedTable): string | null {
  const { badFrames, errors, complaints } = table
  const frames = table.timestampsMs.length
  const said = [...complaints]
  if (badFrames.length > 0)
    said.push(`${badFrames.length} of ${frames} pictures were decoded with errors (${spansInWords(badFrames)}).`)
  else if (errors.length > 0) said.push(`The decoder complained while reading it; ${frames} pictures could be decoded.`)
  if (said.length === 0) return null
  if (declaredFrames !== null && declaredFrames > frames + 1) said.push(`The file announces ${declaredFrames}.`)
  return [...said, 'Look at it before you use it.'].join(' ')
}

/** At most a few lines of what the decoder said, each once. */
export function detailOf(errors: readonly string[]): string | null {
  const lines = [...new Set(errors)]
  const shown = lines.slice(0, 8)
  if (lines.length > shown.length) shown.push(`... and ${lines.length - shown.length} more`)
  return shown.length > 0 ? shown.join('\n') : null
}
