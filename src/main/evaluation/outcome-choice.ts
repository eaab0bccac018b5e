import type { z } from 'zod'
import type { Outcome, OutcomeQuery } from '@shared/contract/evaluation'
import { rowMetrics } from './summary'

type Choice = Omit<z.output<typeof OutcomeQuery>, 'evaluation' | 'method'>

/**
 * The outputs that a query asks for. Concept accuracy counts where the predicted class is the label and looks at the
 * best output of each (video, pair), or down to `topRank`; a failure is one that is no hit, or overlaps too little.
 */
export function chosen(rows: readonly Outcome[], choice: Choice): Outcome[] {
  const { metric, failures, iouThreshold, attribute, covers, pos, neg, topRank } = choice
  const k = metric ? topOf(metric) : null
  return rows.filter(
    (row) =>
      row.rank <= topRank &&
      (metric === undefined || enters(row, metric)) &&
      (!failures || (isConceptRow(row) && isFailure(row, { k: k ?? 1, iouThreshold }))) &&
      (attribute === undefined || row.attribute === attribute) &&
      (covers === undefined || row.covers === covers) &&
      (pos === undefined || row.pos === pos) &&
      (neg === undefined || row.neg === neg),
  )
}

/** What is in no row: the curves of an output are kept as the table's numbers only. */
const ofCurves = /^(deletion|insertion|unionNca)/

/** Whether a row is in the denominator of a metric: the best output of its question, where the metric means something. */
function enters(row: Outcome, metric: string): boolean {
  const known = rowMetrics({ top: [topOf(metric) ?? 1] }).find(({ key }) => key === metric)
  if (!known || ofCurves.test(metric)) return row.rank === 0
  return known.value(row) !== null
}

/** Only where the classifier is right does concept accuracy mean something. */
function isConceptRow(row: Outcome): boolean {
  return row.label === row.pos
}

function isFailure(row: Outcome, { k, iouThreshold }: { k: number; iouThreshold: number }): boolean {
  const hit = row.hitRank !== null && row.hitRank <= k && row.iou > 0
  return !hit || row.iou < iouThreshold
}

/** The k of a metric's name: "conceptTop3" is 3. */
function topOf(metric: string): number | null {
  const k = /Top(\d+)$/.exec(metric)?.[1]
  return k === undefined ? null : Number(k)
}
