import { escape, place } from '@main/report/html'
import { type ReportCard, type ReportExample, pictureMarks } from '@main/report/report-example'

const width = 980
const perRow = 8
const gap = 6
const side = (width - 2 * 16 - (perRow - 1) * gap) / perRow

/** Figure 6: each question with its answers and their pictures, as one drawing that needs nothing else. */
export function figure6Svg(examples: readonly ReportExample[]): string {
  let top = 20
  const parts = examples.flatMap((example) => {
    const head = headOf(example, top)
    top += 44
    const cards = example.cards.map((card, i) => {
      const height = pictureHeight(card)
      const drawn = cardOf(card, i + 1, top)
      top += 20 + height + 14
      return drawn
    })
    top += 14
    return [head, ...cards]
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" class="strips" viewBox="0 0 ${width} ${place(top)}" width="${width}" height="${place(top)}" role="img" aria-label="Output examples" font-family="Inter, 'Segoe UI', system-ui, sans-serif" font-size="12">
<style>@media (prefers-color-scheme: dark) { .strips .paper { fill: #1c1c22 } .strips .ink { fill: #ececf1 } .strips .quiet { fill: #a6a6b3 } }</style>
<rect class="paper" width="${width}" height="${place(top)}" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`
}

function headOf({ video, pos, neg, label }: ReportExample, top: number): string {
  const said = label === null ? '' : `, labelled ${label}`
  return `<text class="ink" x="16" y="${place(top + 6)}" fill="#1b1b21" font-size="14" font-weight="600">${escape(`Why ${pos}, and not ${neg}?`)}</text>
<text class="quiet" x="16" y="${place(top + 24)}" fill="#5b5b66">${escape(`${video}${said}`)}</text>`
}

function cardOf(card: ReportCard, rank: number, top: number): string {
  const { attribute, color, score, iou, unsupported } = card
  const notes = [
    unsupported === null ? attribute : `${attribute}: no evidence`,
    `score ${score.toFixed(2)}`,
    ...(iou === null ? [] : [`IoU ${iou.toFixed(2)}`]),
  ]
  const height = pictureHeight(card)
  const pictures = card.pictures
    .slice(0, perRow)
    .map(
      (picture, i) =>
        `<svg x="${place(16 + i * (side + gap))}" y="${place(top + 20)}" width="${place(side)}" height="${place(height)}" viewBox="0 0 ${picture.width} ${picture.height}">${pictureMarks(picture, color)}</svg>`,
    )
  return `<text class="ink" x="16" y="${place(top + 12)}" fill="#1b1b21">${escape(`${rank}. ${notes.join(', ')}`)}</text>${pictures.join('')}`
}

function pictureHeight({ pictures: [first] }: ReportCard): number {
  return first ? (side * first.height) / first.width : 0
}
