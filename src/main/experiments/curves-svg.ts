import { escape, place } from '@main/report/html'

/** One line of a panel. Colour says one thing, the kind of line another. */
export interface Curve {
  /** At its right end; empty for none. */
  label: string
  colour: 0 | 1 | 2
  line: 'solid' | 'dashed' | 'dotted'
  points: readonly { x: number; y: number; low: number | null; high: number | null }[]
}

export interface CurvePanel {
  title: string
  curves: readonly Curve[]
}

export interface CurveFigure {
  /** Names the drawing for people who do not see it. */
  title: string
  xTitle: string
  yTitle: string
  panels: readonly CurvePanel[]
  colours: readonly string[]
  lines: readonly { line: Curve['line']; text: string }[]
}

const panel = { width: 392, height: 270, left: 56, right: 54, top: 34, gap: 16 }
const plotWidth = panel.width - panel.left - panel.right
const bottom = 100
const dashes = { solid: '', dashed: '7 4', dotted: '1.5 4' }
const widths = { solid: 2.4, dashed: 1.8, dotted: 2 }
/** Told apart by people who see colours differently, and on white and black (Okabe and Ito's, darker and lighter). */
const light = ['#0072B2', '#B34E00', '#007A5E']
const dark = ['#64AFFD', '#F0A03C', '#3CC79A']

/** Curves in panels side by side, as one drawing that needs nothing else; colours follow the reader's scheme. */
export function curvesSvg(figure: CurveFigure): string {
  const { title, panels, colours, lines } = figure
  const width = panels.length * panel.width + (panels.length - 1) * panel.gap
  const height = panel.top + panel.height + bottom
  const drawn = panels.map(
    (one, i) => `<g transform="translate(${i * (panel.width + panel.gap)} 0)">${panelOf(one, figure)}</g>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" class="curves" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(title)}" font-family="Inter, 'Segoe UI', system-ui, sans-serif" font-size="12">
<style>${darkStyle()}</style>
<rect class="paper" width="${width}" height="${height}" fill="#ffffff"/>
${drawn.join('\n')}
${legend({ colours, lines, y: height - 38 })}
</svg>
`
}

/** Attributes say the light colours, so that every program draws them; this changes them where dark is wanted. */
function darkStyle(): string {
  const colours = dark.map((colour, i) => `.curves .s${i} { stroke: ${colour} } .curves .f${i} { fill: ${colour} }`)
  return `@media (prefers-color-scheme: dark) { .curves .paper { fill: #1c1c22 } .curves .ink { fill: #ececf1 }
.curves .quiet { fill: #a6a6b3 } .curves .grid { stroke: #33333c } .curves .line { stroke: #a6a6b3 } ${colours.join(' ')} }`
}

function panelOf({ title, curves }: CurvePanel, { xTitle, yTitle }: CurveFigure): string {
  const most = Math.max(1, ...curves.flatMap(({ points }) => points.map(({ x }) => x)))
  const x = (value: number) => panel.left + (most === 1 ? plotWidth / 2 : ((value - 1) / (most - 1)) * plotWidth)
  const y = (value: number) => panel.top + (1 - Math.min(1, Math.max(0, value))) * panel.height
  const grid = [0, 0.2, 0.4, 0.6, 0.8, 1].map(
    (tick) =>
      `<line class="grid" x1="${panel.left}" x2="${panel.left + plotWidth}" y1="${place(y(tick))}" y2="${place(y(tick))}" stroke="#dcdce2"/>${text({ x: panel.left - 8, y: y(tick) + 4, anchor: 'end' }, tick.toFixed(1))}`,
  )
  const step = Math.ceil(most / 12)
  const marks = Array.from({ length: most }, (_, i) => i + 1).filter((n) => (n - 1) % step === 0)
  const ticks = marks.map((n) => text({ x: x(n), y: panel.top + panel.height + 18, anchor: 'middle' }, String(n)))
  const middle = panel.top + panel.height / 2
  return [
    `<text class="ink" x="${panel.left}" y="16" fill="#1b1b21" font-weight="600" font-size="13">${escape(title)}</text>`,
    ...grid,
    ...ticks,
    text({ x: panel.left + plotWidth / 2, y: panel.top + panel.height + 38, anchor: 'middle' }, xTitle),
    `<g transform="rotate(-90 10 ${middle})">${text({ x: 10, y: middle + 4, anchor: 'middle' }, yTitle)}</g>`,
    ...curves.map((curve) => bandOf(curve, x, y)),
    ...curves.map((curve) => lineOf(curve, x, y)),
    ...labelsOf(curves, x, y),
  ].join('')
}

type Scale = (value: number) => number

/** The interval, for solid lines only: more bands than that hide each other. */
function bandOf({ colour, line, points }: Curve, x: Scale, y: Scale): string {
  const known = points.flatMap(({ x: n, low, high }) => (low === null || high === null ? [] : [{ n, low, high }]))
  if (line !== 'solid' || known.length < 2) return ''
  const up = known.map(({ n, high }) => `${place(x(n))},${place(y(high))}`)
  const down = known.toReversed().map(({ n, low }) => `${place(x(n))},${place(y(low))}`)
  return `<polygon class="f${colour}" points="${[...up, ...down].join(' ')}" fill="${light[colour]}" fill-opacity=".14"/>`
}

function lineOf({ colour, line, points }: Curve, x: Scale, y: Scale): string {
  const at = points.map(({ x: n, y: value }) => `${place(x(n))},${place(y(value))}`)
  const dash = dashes[line] ? ` stroke-dasharray="${dashes[line]}"` : ''
  const round = line === 'dotted' ? ' stroke-linecap="round"' : ''
  const path = `<polyline class="s${colour}" points="${at.join(' ')}" fill="none" stroke="${light[colour]}" stroke-width="${widths[line]}" stroke-linejoin="round"${dash}${round}/>`
  if (line !== 'solid' && points.length > 1) return path
  // A lone point of a broken line is a ring.
  const look =
    line === 'solid'
      ? `class="f${colour}" r="2.8" fill="${light[colour]}"`
      : `class="s${colour}" r="4" fill="none" stroke="${light[colour]}" stroke-width="1.4"${line === 'dotted' ? ' stroke-dasharray="1.5 2"' : ''}`
  const dots = points.map(({ x: n, y: value }) => `<circle ${look} cx="${place(x(n))}" cy="${place(y(value))}"/>`)
  return path + dots.join('')
}

/** Labels at the right ends, moved apart where they would lie on each other. */
function labelsOf(curves: readonly Curve[], x: Scale, y: Scale): string[] {
  const apart = 14
  const ends = curves
    .flatMap(({ label, colour, points }) => {
      const last = points.at(-1)
      return label && last ? [{ label, colour, x: x(last.x) + 8, y: y(last.y) + 4 }] : []
    })
    .sort((a, b) => a.y - b.y)
  ends.forEach((end, i) => {
    const above = ends[i - 1]
    if (above) end.y = Math.max(end.y, above.y + apart)
  })
  return ends.map(
    ({ label, colour, x: left, y: base }) =>
      `<text class="f${colour}" x="${place(left)}" y="${place(base)}" fill="${light[colour]}" font-weight="600">${escape(label)}</text>`,
  )
}

/** Colours in one line, kinds of line below. */
function legend({ colours, lines, y }: Pick<CurveFigure, 'colours' | 'lines'> & { y: number }): string {
  const inLine = (at: number, words: readonly string[], mark: (i: number, left: number) => string) => {
    let left = panel.left
    return words.map((word, i) => {
      const drawn = mark(i, left) + text({ x: left + 30, y: at + 4, anchor: 'start' }, word)
      left += 54 + word.length * 6.4
      return drawn
    })
  }
  const ofColour = (i: number, left: number) =>
    `<rect class="f${i}" x="${place(left + 12)}" y="${y - 5}" width="10" height="10" rx="2" fill="${light[i] ?? '#5b5b66'}"/>`
  const ofLine = (i: number, left: number) => {
    const line = lines[i]?.line ?? 'solid'
    const dash = dashes[line] ? ` stroke-dasharray="${dashes[line]}"` : ''
    const round = line === 'dotted' ? ' stroke-linecap="round"' : ''
    return `<line class="line" x1="${place(left)}" x2="${place(left + 22)}" y1="${y + 22}" y2="${y + 22}" stroke="#5b5b66" stroke-width="${widths[line]}"${dash}${round}/>`
  }
  const words = lines.map(({ text: word }) => word)
  return [...inLine(y, colours, ofColour), ...inLine(y + 22, words, ofLine)].join('')
}

function text({ x, y, anchor }: { x: number; y: number; anchor: 'start' | 'middle' | 'end' }, words: string): string {
  return `<text class="quiet" x="${place(x)}" y="${place(y)}" fill="#5b5b66" text-anchor="${anchor}">${escape(words)}</text>`
}
