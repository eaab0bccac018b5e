import type { Reading } from '@main/interchange/format'
import { type XmlElement, childrenOf } from './xml-stream'

/** Counts attributes of a single box, which have no place in a project. @param known those that have */
export function loseFields(
  attributes: Readonly<Record<string, unknown>> | null | undefined,
  known: readonly string[],
  reading: Reading,
): void {
  for (const name of Object.keys(attributes ?? {}))
    if (!known.includes(name)) reading.lose(`the attribute ${JSON.stringify(name)} of single boxes`)
}

/** The same for a box of CVAT. */
export function loseAttributes(box: XmlElement, reading: Reading): void {
  for (const { attributes } of childrenOf(box, 'attribute'))
    reading.lose(`the attribute ${JSON.stringify(attributes.name ?? '')} of single boxes`)
}
