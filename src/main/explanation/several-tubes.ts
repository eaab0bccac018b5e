import { setImmediate as turn } from 'node:timers/promises'
import type { ExplainOptions } from '@shared/config/explainer'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import type { SearchOptions } from '@main/learning/search/best-tube'
import { bestTube } from '@main/learning/search/best-tube'
import type { Cell, ScoreMap } from '@main/learning/search/score-map'
import { SearchSpace } from '@main/learning/search/search-space'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import { type ClassScores, classify, featuresOf } from './classify'
import { type Fill, maskClip, type MaskColours } from './masking'
import { bestAnswers } from './answers'
import type { AttributeEvidence } from './rank-attributes'
import { type ClipSize, type Region, regionOf, settled } from './region'

/** Cells of earlier tubes and their neighbours within this many cells are out of bounds for later ones. */
const clearance = 2

/**
 * The ranked attributes with tubes that keep clear of those before them. Scores stay those of the maximal tubes, which evidence is
 * judged by; a shown tube whose own score is not above 0 found nothing for A clear of the others.
 */
export function excludingTubes(
  evidence: readonly AttributeEvidence[],
  search: SearchOptions,
  count: number,
): AttributeEvidence[] {
  const space = new SearchSpace()
  const taken: Cell[] = []
  return evidence.slice(0, count).map((own) => {
    const tube = taken.length === 0 ? own.tube : bestTube([withoutCells(own.map, taken)], 1, search, space)
    taken.push(...tube.cells)
    return { ...own, tube }
  })
}

function withoutCells(map: ScoreMap, taken: readonly Cell[]): ScoreMap {
  const { rows, cols, frames } = map.grid
  const values = map.values.slice(map.offset, map.offset + frames * rows * cols)
  for (const { frame, row, col } of taken) {
    for (let i = Math.max(0, row - clearance); i <= Math.min(rows - 1, row + clearance); i++) {
      for (let j = Math.max(0, col - clearance); j <= Math.min(cols - 1, col + clearance); j++)
        values[(frame * rows + i) * cols + j] = -1e9
    }
  }
  return { ...map, values, offset: 0 }
}

/** One step of asking again: what was masked, and what the classifier then said. */
export interface IterateStep {
  /** Named for what the step did: the answer to "why pos, and not what was said after", with the tube that was masked. */
  evidence: AttributeEvidence
  /** The answer to "why pos, and not neg" whose tube was masked. Where the two classes differ twice its name may be that of the other difference. */
  asked: AttributeEvidence
  region: Region
  pos: number
  /** What the classifier says with all tubes so far masked. */
  said: ClassScores
}

export interface IterateQuestion {
  target: TargetClassifier
  model: ExplainerModel
  input: Float32Array
  pos: number
  neg: number
  options: Pick<ExplainOptions, 'select' | 'trim' | 'maxTubes'>
  /** Heeded before each step. */
  signal?: AbortSignal
  search: SearchOptions
  /** Attributes that a step may name; all when left out. */
  attributes?: readonly number[]
  size: ClipSize
  /** Source ordinal of each sampled frame; each is another picture where left out. */
  frames?: readonly number[]
  fill: Fill
  colours: MaskColours
}

/**
 * "What would have to go for B?": mask the best tube, recompute features and prediction, ask again with the new
 * prediction as A, until B is predicted or there are `maxTubes`. Each step is named for the change that it made.
 */
export async function iterateTubes(question: IterateQuestion): Promise<IterateStep[]> {
  const { target, model, neg, options, search, size, fill, colours, attributes, frames } = question
  const steps: IterateStep[] = []
  const regions: Region[] = []
  let input = question.input
  let pos = question.pos
  while (steps.length < options.maxTubes && pos !== neg) {
    // The request to stop waits while the engine works.
    await turn()
    question.signal?.throwIfAborted()
    const [features] = await featuresOf(target, [input])
    if (!features) break
    const prepared = model.prepare(features)
    const best = (from: number, to: number) =>
      bestAnswers(model, prepared, {
        pos: from,
        neg: to,
        search,
        attributes,
        ...options,
        tubes: 'iterate',
        count: 1,
      })[0]
    const asked = best(pos, neg)
    if (!asked) break
    const own = regionOf(model, asked.tube.cells, size)
    const region = frames ? settled(own, frames) : own
    regions.push(region)
    input = maskClip(question.input, regions, { size, fill, colours })
    const [after] = await classify(target, [input])
    if (!after) break
    const said = after.probabilities.indexOf(Math.max(...after.probabilities))
    // A placed tube lies on what it names; one of its own may lie on the other difference.
    const isNamed = model.presence !== null || said === pos || said === neg
    const named = isNamed ? asked : (best(pos, said) ?? asked)
    steps.push({ evidence: { ...named, tube: asked.tube }, asked, region, pos, said: after })
    pos = said
  }
  return steps
}
