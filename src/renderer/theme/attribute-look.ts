import { attributePalette, marks } from './tokens'

export type LineStyle = 'plain' | 'dashed' | 'dotted'

export interface AttributeLook {
  color: string
  /** Of the line: what tells the ninth attribute from the first. */
  style: LineStyle
  /** Konva's and SVG's dash pattern, in px at one picture pixel per screen pixel; empty for a plain line. */
  dash: number[]
  /** Text or icon colour that reads on `color`. */
  on: string
}

const styles: readonly { style: LineStyle; dash: number[] }[] = [
  { style: 'plain', dash: [] },
  { style: 'dashed', dash: [8, 5] },
  { style: 'dotted', dash: [2, 4] },
]

/** How an attribute of colour slot `slot` (0, 1, 2 ...; kept for life) looks; after 24 the looks begin again. */
export function attributeLook(slot: number): AttributeLook {
  const { name, color } = attributePalette[slot % attributePalette.length] ?? attributePalette[0]
  const line = styles[Math.floor(slot / attributePalette.length) % styles.length] ?? { style: 'plain', dash: [] }
  return { color, ...line, on: name === 'violet' ? '#FFFFFF' : marks['on-attr'] }
}
