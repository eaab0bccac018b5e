import type { Card } from './contract/explanation'
import { csvFile } from './csv'
import { tubeSpan } from './geometry/tube-at'

const columns = [
  ...(['place', 'attribute', 'score', 'minScore', 'meanScore', 'tubeScore', 'presence', 'rankedBy', 'rank'] as const),
  ...(['supported', 'assigned', 'source', 'trainedOn', 'iou', 'firstFrame', 'lastFrame'] as const),
]

/** The cards of an answer as CSV (RFC 4180), best first, under a head of column names. */
export function cardsCsv(cards: readonly Card[]): string {
  const lines = cards.map((card, i) => {
    const span = tubeSpan(card.tube)
    const row: Record<(typeof columns)[number], string | number | boolean | null> = {
      ...{ place: i + 1, attribute: card.name, score: card.score, minScore: card.minScore, meanScore: card.mean },
      ...{ tubeScore: card.tubeScore, presence: card.presence, rankedBy: card.rankedBy, rank: card.rank },
      ...{ supported: card.supported, assigned: card.assigned, source: card.source, trainedOn: card.trainedOn },
      ...{ iou: card.iou, firstFrame: span?.from ?? null, lastFrame: span?.to ?? null },
    }
    return columns.map((column) => row[column])
  })
  return csvFile([columns, ...lines])
}
