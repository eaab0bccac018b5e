import type { z } from 'zod'
import type { SecondAnswer } from '@shared/contract/explanation'
import { noSecondOpinion } from '@shared/answer-words'
import { Failure } from '@shared/failures'
import { trainedWords } from '@main/evaluation/training-facts'
import { bestAnswers } from '@main/explanation/answers'
import { regionOf, settled } from '@main/explanation/region'
import { secondOpinion } from '@main/explanation/second-opinion'
import { agreeing, tubeOverlap } from '@main/explanation/tube-overlap'
import { sigmoid } from '@main/learning/explainer/presence/presence-head'
import type { ExplainTask } from '@main/runs/worker-tasks'
import { tubeOf } from '@main/worker/session/source-tube'
import type { TaskSession } from '@main/worker/session/task-session'
import { pairOf } from './pair'
import { ask } from './question'

/** Asks the network itself, and says how far its tube overlaps that of the method's first card. */
export async function secondTask(
  session: TaskSession,
  task: ExplainTask,
  signal: AbortSignal,
): Promise<z.infer<typeof SecondAnswer>> {
  if (task.options.tubes === 'whole') return { opinion: null, reason: noSecondOpinion.whole }
  const asked = await ask(session, task.bundle, signal)
  const { target, input, features, size, place, vocabulary, row } = asked
  if (!asked.explainer) throw new Failure('NO_EXPLAINER', {})
  const { model, config, facts } = session.explainer(asked.files, asked.explainer, target)
  if (!target.head) return { opinion: null, reason: noSecondOpinion.noLayers }
  const search = { movement: config.movement, link: config.link }
  const question = { ...pairOf(asked, task), search, words: trainedWords(facts) }
  const { select, trim } = task.options
  const prepared = model.prepare(features)
  const tubes = task.options.tubes === 'own' || task.options.tubes === 'exclude' ? 'own' : 'placed'
  const answer = { ...question, attributes: question.words, select, tubes, trim, count: 1 } as const
  const [evidence] = bestAnswers(model, prepared, answer)
  const found = evidence && (await secondOpinion({ ...question, target, model, input, prepared, evidence, size }))
  if (!evidence || !found) return { opinion: null, reason: noSecondOpinion.noLayers }
  const [own, other] = [regionOf(model, evidence.tube.cells, size), found.region].map((region) =>
    settled(region, place.frames),
  )
  const agreement = tubeOverlap(own ?? [], other ?? [])
  const named = found.attribute === null ? undefined : vocabulary.attributes[found.attribute]
  const opinion = {
    ...{ method: 'gradCamDifference' as const, attribute: named?.id ?? null, name: named?.name ?? null },
    presence: found.presence === null ? null : sigmoid(found.presence),
    assigned: found.attribute !== null && row.assigned.includes(found.attribute),
    ...{ tube: tubeOf(other ?? [], place), agreement, agrees: agreement >= agreeing },
  }
  return { opinion, reason: null }
}
