import type { CurvePoint } from './curve-point'
import { type Curve, type CurvePanel, curvesSvg } from './curves-svg'
import { methodName, paperBaseline, topK } from './measured-rows'

const axes = { xTitle: 'negatives, likeliest first (n)', yTitle: 'negative class accuracy' }

/** Figure 5: the best pair, ranked either way, at top-1, 3 and 5, beside the paper's baseline and the random tube. */
export function figure5Svg(points: readonly CurvePoint[]): string {
  const own = points.filter(({ clips, outputs }) => clips === 'all' && outputs === 1)
  const baseline = paperBaseline([...new Set(own.map(({ method }) => method))])
  const panel = (title: string, method: string): CurvePanel => ({
    title,
    curves: [
      { of: 'randomTube', line: 'dotted' as const },
      { of: baseline, line: 'dashed' as const },
      { of: method, line: 'solid' as const },
    ].flatMap(({ of, line }) =>
      topK.map((k, i) =>
        curve(
          own.filter((point) => point.method === of && point.k === k),
          { line, colour: colourAt(i), label: line === 'solid' ? `top-${k}` : '' },
        ),
      ),
    ),
  })
  return curvesSvg({
    ...axes,
    title: 'Negative class accuracy of the best pair over the n likeliest negatives',
    panels: [panel('Outputs ranked by min', 'method'), panel('Outputs ranked by max (paper)', 'selectByMax')],
    colours: topK.map((k) => `top-${k}`),
    lines: [
      { line: 'solid', text: 'the method, with 95 % interval' },
      ...(baseline ? [{ line: 'dashed' as const, text: methodName(baseline).toLowerCase() }] : []),
      ...(own.some(({ method }) => method === 'randomTube')
        ? [{ line: 'dotted' as const, text: 'random tube of equal shape' }]
        : []),
    ],
  })
}

/** NCA top-1 of several outputs, each by itself and all in one mask, beside as many random tubes. */
export function severalOutputsSvg(points: readonly CurvePoint[]): string {
  const own = points.filter(({ clips, k }) => clips === 'all' && k === 1)
  const panel = (title: string, masked: CurvePoint['masked']): CurvePanel => ({
    title,
    curves: [
      { of: 'randomTube', line: 'dotted' as const },
      { of: 'method', line: 'solid' as const },
    ].flatMap(({ of, line }) =>
      topK.map((outputs, i) =>
        curve(
          own.filter((p) => p.method === of && p.outputs === outputs && (outputs === 1 || p.masked === masked)),
          { line, colour: colourAt(i), label: line === 'solid' ? `best ${outputs}` : '' },
        ),
      ),
    ),
  })
  return curvesSvg({
    ...axes,
    title: 'Negative class accuracy, top-1, of the best one, three and five outputs',
    panels: [panel('Top-1, each output masked by itself', 'each'), panel('Top-1, all of them in one mask', 'together')],
    colours: topK.map((outputs) => (outputs === 1 ? 'best pair' : `best ${outputs}`)),
    lines: [
      { line: 'solid', text: 'the method, by min, with 95 % interval' },
      { line: 'dotted', text: 'as many random tubes' },
    ],
  })
}

function colourAt(i: number): Curve['colour'] {
  return i === 0 ? 0 : i === 1 ? 1 : 2
}

function curve(points: readonly CurvePoint[], look: Omit<Curve, 'points'>): Curve {
  return { ...look, points: points.map(({ n, value, low, high }) => ({ x: n, y: value, low, high })) }
}
