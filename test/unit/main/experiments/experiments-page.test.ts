import { describe, expect, test } from 'vitest'
import { experimentsPage } from '@main/experiments/experiments-page'
import { figure5, figure5Table } from '@main/experiments/figure5'
import { about } from '@main/experiments/part-words'
import type { ExperimentResult } from '@main/experiments/result'
import { table1 } from '@main/experiments/table1'
import { table2 } from '@main/experiments/table2'
import { table3 } from '@main/experiments/table3'
import { table4 } from '@main/experiments/table4'
import { anOutcome } from '../../../support/fake-measures'

const rows = ['method', 'selectByMax', 'randomTube', 'centreCrop'].flatMap((method) =>
  Array.from({ length: 6 }, (_, i) => anOutcome(i, { method })),
)
const counts = { classes: 2, attributes: 3, assigned: 4, tracks: 5, boxes: 60, videosWithBoxes: 5 }
const around = { settings: [{ name: 'seed', value: '7' }], notes: ['Mind <this>.'] }
const curves = figure5(rows, { most: 2, seed: 0 })
const results: ExperimentResult[] = [
  { ...about.table1, table: table1('a <b>', [{ part: 'all', videos: 1234, ...counts }]), ...around },
  { ...about.table2, table: table2(rows, 0), ...around },
  { ...about.table3, table: table3(rows, 0), ...around },
  { ...about.figure5, table: figure5Table(curves, { chances: 5 }), curves, ...around },
  {
    ...about.table4,
    table: table4(
      [1, 2, 3].map((fcLayers) => ({ fcLayers, accuracy: null, confidence: null, rows })),
      { n: 3, chances: 5, seed: 0 },
    ),
    ...around,
  },
]
const page = experimentsPage({ project: '<script>alert(1)</script>', results, older: [], missing: [] })

describe('the page', () => {
  test("prints the paper's numbers beside the project's", () => {
    const cells = [...page.matchAll(/<tr class="paper[^"]*">(.*?)<\/tr>/gs)].map((row) =>
      [...row[1]!.matchAll(/<td>(.*?)<\/td>/gs)].map((found) => found[1]),
    )
    const of = (name: string) => cells.filter(([first]) => first === name).map(([, ...rest]) => rest)
    expect(of('Paper, UCF101-24')).toEqual([['3,204', '24', '40', '&ndash;', '6,128', '&ndash;', '&ndash;']])
    const [second, third, , fourth] = of('Paper, Olympic Sports: proposed')
    expect(second![0]).toBe('0.89')
    expect(third!.slice(0, 3)).toEqual(['0.13', '0.38', '0.59'])
    expect(fourth).toEqual(['0.62', '0.64', '0.59'])
    expect(of('Paper, UCF101-24: baseline (actor track)')[3]).toEqual(['0.45', '0.43', '0.44'])
  })

  test('writes names as text, never as markup', () => {
    expect(page).not.toContain('<script>')
    expect(page).toContain('a &#60;b&#62;, all')
    expect(page).toContain('Mind &#60;this&#62;.')
  })

  test('puts interval and count below each measured number, and the settings below each table', () => {
    expect(page).toMatch(/<td>0\.\d\d<div class="quiet">[^<]+<br>n = 6<\/div><\/td>/)
    expect(page.match(/seed <b>7<\/b>/g)).toHaveLength(results.length)
    expect(page).toContain('1,234')
  })

  test('draws two panels of curves with a name, told apart by kind of line as well as by colour', () => {
    const [figure] = page.match(/<svg[^>]*class="curves".*?<\/svg>/s)!
    expect(figure).toContain('aria-label="Negative class accuracy')
    expect(figure).toContain('Outputs ranked by min')
    expect(figure).toContain('Outputs ranked by max (paper)')
    expect(figure!.match(/<polyline/g)).toHaveLength(2 * 9)
    expect(figure!.match(/<polyline[^>]*stroke-dasharray/g)).toHaveLength(2 * 6)
    expect(figure).not.toMatch(/NaN|undefined|Infinity/)
  })

  test('says what is missing and why, and asks nothing of the network', () => {
    const missing = [{ name: 'table4' as const, message: 'There is no finished explanation model.' }]
    const some = experimentsPage({ project: 'p', results: results.slice(0, 1), older: ['table1'], missing })
    expect(some).toContain('Table 1 is from before the project&#39;s data changed.')
    expect(some).toContain('Table 4 is missing. There is no finished explanation model.')
    const addresses = [...page.matchAll(/(?:href|src)="([^"]*)"|url\(([^)]*)\)/g)].map((m) => m[1] ?? m[2])
    expect(addresses.every((address) => address!.startsWith('#') || address!.startsWith('data:'))).toBe(true)
    expect(page).not.toContain('NaN')
  })
})
