import { Failure } from '@shared/failures'
import type { ExplainTask } from '@main/runs/worker-tasks'
import { type Asked, classNumber, classesOf } from './question'

/** A defaults to the prediction, B to the best of the others. */
export function pairOf(asked: Asked, task: Pick<ExplainTask, 'pos' | 'neg'>): { pos: number; neg: number } {
  const order = classesOf(asked, asked.features).map((entry) => classNumber(asked, entry.class))
  const pos = task.pos === undefined ? (order[0] ?? 0) : classNumber(asked, task.pos)
  const given = task.neg === undefined ? undefined : classNumber(asked, task.neg)
  const neg = given ?? order.find((c) => c !== pos) ?? pos
  if (pos === neg) throw new Failure('SAME_CLASS', { class: asked.vocabulary.classes[pos]?.name ?? '' })
  return { pos, neg }
}
