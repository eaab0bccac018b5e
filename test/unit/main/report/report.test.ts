import { describe, expect, test } from 'vitest'
import { type ReportPage, reportPage } from '@main/report/report'

const pixel = 'data:image/png;base64,iVBORw0KGgo='

function aPage(more: Partial<ReportPage> = {}): ReportPage {
  return {
    title: 'Why not?',
    lead: 'One answer.',
    facts: [],
    warnings: [],
    columns: [],
    settings: [],
    examples: [
      {
        video: 'clip <1>',
        pos: 'pole & ball',
        neg: 'ball',
        label: null,
        probabilities: [{ name: 'pole & ball', probability: 0.98 }],
        checks: [{ name: 'tube masked', pos: 0.1, neg: 0.8 }],
        second: { sentence: 'It points to the same place.', agreement: 0.62, color: '#fff', pictures: [] },
        answer: 'Because of pole.',
        cautions: [],
        cards: [
          {
            attribute: 'pole',
            color: '#E69F00',
            score: 3.25,
            minScore: -0.5,
            presence: 0.97,
            iou: 0.41,
            unsupported: null,
            notes: ['assigned by a person'],
            pictures: [
              { src: pixel, width: 64, height: 64, frame: 7, tube: { x1: 8, y1: 16, x2: 24, y2: 40 }, truth: [] },
            ],
            perFrame: [
              { delta: 1, covered: true },
              { delta: -1, covered: false },
            ],
          },
        ],
      },
    ],
    ...more,
  }
}

describe('a report page', () => {
  test('shows the tube where it lies, in the pixels of the picture', () => {
    expect(reportPage(aPage())).toContain('x="8" y="16" width="16" height="24"')
  })

  test('shows another way to ask beside the cards, with how far the two agree', () => {
    const page = reportPage(aPage())
    expect(page).toContain('Another way to ask: Grad-CAM of A minus B')
    expect(page).toContain('It points to the same place.')
    expect(page).toMatch(/overlap with the first tube 0?\.62/)
  })

  test('writes names as text, never as markup', () => {
    const page = reportPage(aPage({ title: '<script>alert(1)</script>' }))
    expect(page).not.toContain('<script>')
    expect(page).toContain('clip &#60;1&#62;')
  })

  test('asks nothing of the network', () => {
    const page = reportPage(aPage())
    const addresses = [...page.matchAll(/(?:href|src)="([^"]*)"|url\(([^)]*)\)/g)].map((m) => m[1] ?? m[2])
    expect(addresses.every((address) => address?.startsWith('data:'))).toBe(true)
    expect(page).not.toMatch(/@import|<link/)
  })

  test('says so where there is no evidence, with the number', () => {
    const [example] = aPage().examples
    const cards = example!.cards.map((card) => ({ ...card, unsupported: 'No evidence: it scores −1.50', score: -1.5 }))
    const page = reportPage(aPage({ examples: [{ ...example!, cards }] }))
    expect(page).toContain('pole. No evidence: it scores −1.50')
    expect(page).toContain('score \u22121.50')
  })

  test('puts each value beside its interval and count; a missing one is a dash', () => {
    const columns: ReportPage['columns'] = [
      { method: 'method', metrics: { ncaTop1: { value: 0.951, count: 240, low: 0.92, high: 0.98 } } },
      { method: 'randomTube', metrics: { tubeIou: { value: 0.07, count: 240, low: null, high: null } } },
    ]
    const page = reportPage(aPage({ columns }))
    expect(page).toContain('0.95<div class="quiet">0.92&ndash;0.98<br>n = 240</div>')
    expect(page).toContain('<td>&ndash;</td>')
  })
})
