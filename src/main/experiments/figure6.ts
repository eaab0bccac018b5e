import type { OutcomeNumbers } from '@main/store/repositories/evaluation-repository'
import type { ReportExample } from '@main/report/report-example'
import { correctOnly, placesOf } from './measured-rows'
import { type Table, printed } from './result'

const mostShown = 6

/**
 * The questions to show: of each predicted class its first clip that is classified rightly, or else its first, against
 * the likeliest negative that lacks an attribute of it, where any does. Whether the answer is a good one plays no part.
 */
export function questionsToShow(rows: readonly OutcomeNumbers[]): Pick<OutcomeNumbers, 'video' | 'pos' | 'neg'>[] {
  const best = rows.filter(({ method, rank }) => method === 'method' && rank === 0)
  const places = placesOf(best)
  const placeOf = (row: OutcomeNumbers) => places.get(row) ?? 0
  const answerable = best.filter(({ right }) => right !== null)
  const byVideo = Map.groupBy(answerable.length > 0 ? answerable : best, ({ video }) => video)
  const asked = [...byVideo.values()].flatMap((own) => own.toSorted((a, b) => placeOf(a) - placeOf(b))[0] ?? [])
  const byClass = Map.groupBy(asked, ({ pos }) => pos)
  const chosen = [...byClass.values()].flatMap((own) => correctOnly(own)[0] ?? own[0] ?? [])
  return chosen.slice(0, mostShown).map(({ video, pos, neg }) => ({ video, pos, neg }))
}

/** Figure 6 in words: what was said of each clip. */
export function figure6Table(examples: readonly ReportExample[]): Table {
  const titles = {
    ...{ video: 'Video', pos: 'A', neg: 'B', label: 'label', place: 'place', attribute: 'because of' },
    ...{
      score: 'score',
      minScore: 'minimum',
      presence: 'in this clip',
      iou: "IoU with people's boxes",
      assigned: 'annotated',
    },
  }
  return {
    columns: Object.entries(titles).map(([key, title]) => ({ key, title })),
    rows: examples.flatMap(({ video, pos, neg, label, cards }) =>
      cards.map(({ attribute, score, minScore, presence, iou, notes }, i) => ({
        source: 'project' as const,
        cells: {
          ...{ video, pos, neg, label, place: i + 1, attribute, assigned: notes[0] ?? null },
          ...{ score: printed(score), minScore: printed(minScore) },
          presence: presence === null ? null : printed(presence),
          iou: iou === null ? null : printed(iou),
        },
      })),
    ),
  }
}
