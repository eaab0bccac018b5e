import type { BaselineName, EvaluationConfig } from '@shared/config/evaluation'
import type { Box } from '@shared/geometry/box'
import { Failure } from '@shared/failures'
import { blackOf, classify, featuresOf, inputOf } from '@main/explanation/classify'
import { baselines } from '@main/explanation/baselines'
import { type MaskColours, maskClip } from '@main/explanation/masking'
import { withPlacedTubes } from '@main/explanation/answers'
import { type AttributeEvidence, ranked, searchNegatives } from '@main/explanation/rank-attributes'
import { type ClipSize, maskedPixels, type Region, regionOf, settled } from '@main/explanation/region'
import { tubeOverlap } from '@main/explanation/tube-overlap'
import { wordAt } from '@main/explanation/word-at'
import { sigmoid } from '@main/learning/explainer/presence/presence-head'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import type { SearchOptions } from '@main/learning/search/best-tube'
import { type Cell, cellCount } from '@main/learning/search/score-map'
import { shapes } from '@main/learning/search/shapes'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import { type Random, random } from '@main/learning/random'
import { classAttributes, discriminating, isRemoveOne, pairPrior } from '@shared/class-attributes'
import { type ClipPair, drawnPairs } from './drawn-pairs'
import type { MethodName, OutcomeRow } from './outcome-row'
import { type ClipTruth, conceptRank, mostCovered, overlaps } from './concept-accuracy'
import { negativeStanding, topKHit } from './negative-class-accuracy'
import { type Column, summarise } from './summary'
import { isSupported, type RankedQuestion, type TrainingFacts, trainedWords } from './training-facts'
import { curveArea, tubeCurves } from './tube-curves'

/** One clip to measure on; everything in clip pixels and sampled frames. */
export interface EvaluationClip {
  video: string
  label: number
  assigned: readonly number[]
  /** [T, H, W, 3] RGB */
  pixels: Uint8Array
  truth: ClipTruth
  /** The actor's box per sampled frame, where the data has one. */
  actor: Region | null
  /** Source ordinal of each sampled frame; each is another picture where left out. */
  frames?: readonly number[]
}

export interface EvaluationInput {
  target: TargetClassifier
  /** What masked parts are to the network; its black, and 0 for the mean, where left out. */
  colours?: MaskColours
  explainer: ExplainerModel
  clips: { count: number; get(i: number): Promise<EvaluationClip> }
  /** Label and attributes of the training videos: what classes mean. */
  reference: readonly { label: number; assigned: readonly number[] }[]
  config: EvaluationConfig
  search: SearchOptions
  /** What the model can be asked, and from which score on its answers are evidence. */
  facts?: TrainingFacts | null
  /** Asks with the features of the clip before: what an answer owes to the clip itself. The first clip is not asked. */
  otherFeatures?: boolean
  onProgress?: (done: number, total: number) => void
  onRows?: (rows: readonly OutcomeRow[]) => void
  signal?: AbortSignal
}

export interface EvaluationResult {
  columns: Column[]
  rows: OutcomeRow[]
  /** Share of the clips that are classified rightly, and the mean probability of the predicted class. */
  accuracy: number
  confidence: number
}

/**
 * Measures an explanation model as docs/evaluation.md says: both selections from one search, beside baselines of equal
 * area, every number with the rows behind it.
 * @throws Failure NOTHING_TO_EVALUATE, INTERRUPTED
 */
export async function evaluate(input: EvaluationInput): Promise<EvaluationResult> {
  const { clips, config, signal, onProgress, onRows } = input
  const run = new EvaluationRun(input)
  const rows: OutcomeRow[] = []
  const looked = config.maxPairs > 0 ? await run.look() : null
  const drawn = looked && drawnPairs(looked.pairs, config.maxPairs, config.seed)
  const predicted = { right: 0, confidence: 0 }
  for (let i = 0; i < clips.count; i++) {
    if (signal?.aborted) throw new Failure('INTERRUPTED', {})
    const wanted = drawn ? (drawn.get(i) ?? []) : null
    if (wanted?.length === 0) continue
    const result = await run.clip(await clips.get(i), wanted)
    predicted.right += result.correct ? 1 : 0
    predicted.confidence += result.confidence
    rows.push(...result.rows)
    onRows?.(result.rows)
    onProgress?.(i + 1, clips.count)
  }
  if (rows.length === 0) throw new Failure('NOTHING_TO_EVALUATE', { split: config.split })
  const { right, confidence } = looked ?? predicted
  return { columns: summarise(rows, config), rows, accuracy: right / clips.count, confidence: confidence / clips.count }
}

/** An output before it was masked. */
interface Candidate {
  method: MethodName
  attribute: number
  rank: number
  score: number
  minScore: number
  region: Region
  area: number | null
  supported: boolean | null
  presence: number | null
  agreement: number | null
}

/** An answer that is no search's. */
const placeless = { score: 0, minScore: 0, area: null, supported: null, presence: null, agreement: null }

interface ClipContext {
  clip: EvaluationClip
  input: Float32Array
  pos: number
  probabilities: Float32Array
  prepared: Float32Array[]
}

const masksAtOnce = 16
/** What the maps of the pairs that are asked together may take. */
const mapBytes = 64 * 2 ** 20

class EvaluationRun {
  private readonly sets: ReadonlySet<number>[]
  private readonly size: ClipSize
  private readonly colours: MaskColours
  private readonly search: { search: SearchOptions; trim: boolean }
  /** Pairs whose maps are kept together until their tubes are placed. */
  private readonly pairsAtOnce: number
  /** Attributes that may be named. */
  private readonly words: number[] | undefined
  /** Prepared features of the clip before. */
  private before: Float32Array[] | null = null

  constructor(private readonly input: EvaluationInput) {
    const { target, reference, explainer } = input
    this.search = { search: input.search, trim: input.config.trim }
    this.pairsAtOnce = explainer.presence ? pairsIn(mapBytes, explainer) : Infinity
    this.sets = classAttributes(target.classes, reference)
    this.size = { frames: target.frames, height: target.height, width: target.width }
    this.words = trainedWords(input.facts ?? null)
    this.colours = input.colours ?? { black: blackOf(target) }
  }

  /** Every question there is to ask, before any is: what a draw is made from. */
  async look(): Promise<{ pairs: ClipPair[]; right: number; confidence: number }> {
    const { clips, target, config, signal } = this.input
    const seen = { pairs: [] as ClipPair[], right: 0, confidence: 0 }
    for (let i = 0; i < clips.count; i++) {
      if (signal?.aborted) throw new Failure('INTERRUPTED', {})
      const { label, pixels } = await clips.get(i)
      const [scores] = await classify(target, [inputOf(target, pixels)])
      if (!scores) continue
      const { pos, correct, confidence } = saidOf(scores.probabilities, label)
      seen.right += correct ? 1 : 0
      seen.confidence += confidence
      if (config.onlyCorrect && !correct) continue
      const negatives = this.negativesOf({ pos, probabilities: scores.probabilities })
      seen.pairs.push(...negatives.map((neg) => ({ clip: i, neg })))
    }
    return seen
  }

  /** @param wanted the negatives to ask about; those of the settings when null */
  async clip(
    clip: EvaluationClip,
    wanted: readonly number[] | null,
  ): Promise<{ rows: OutcomeRow[]; correct: boolean; confidence: number }> {
    const { target, explainer, config } = this.input
    const input = inputOf(target, clip.pixels)
    const [features] = await featuresOf(target, [input])
    if (!features) return { rows: [], correct: false, confidence: 0 }
    const { probabilities } = features
    const { pos, correct, confidence } = saidOf(probabilities, clip.label)
    if (config.onlyCorrect && !correct) return { rows: [], correct, confidence }
    const prepared = this.preparedFor(explainer.prepare(features))
    if (!prepared) return { rows: [], correct, confidence }
    const context: ClipContext = { clip, input, pos, probabilities, prepared }
    const negatives = wanted ?? this.negativesOf(context)
    const candidates: { neg: number; outputs: Candidate[] }[] = []
    for (const part of inParts(negatives, this.pairsAtOnce)) {
      const asked = { pos, negatives: part, attributes: this.words, ...this.search }
      const found = searchNegatives(explainer, prepared, asked)
      for (const [n, neg] of part.entries())
        candidates.push({ neg, outputs: await this.outputs(context, neg, found[n] ?? []) })
    }
    return { rows: await this.measure(context, candidates), correct, confidence }
  }

  private preparedFor(own: Float32Array[]): Float32Array[] | null {
    const before = this.before
    this.before = own
    return this.input.otherFeatures ? before : own
  }

  private negativesOf({ pos, probabilities }: Pick<ClipContext, 'pos' | 'probabilities'>): number[] {
    const { config, target } = this.input
    const others = Array.from({ length: target.classes }, (_, c) => c).filter((c) => c !== pos)
    if (config.pairs === 'all') return others
    if (config.pairs === 'remove1') return others.filter((neg) => isRemoveOne(this.sets, pos, neg))
    return others.sort((a, b) => (probabilities[b] as number) - (probabilities[a] as number)).slice(0, config.negatives)
  }

  /** What the method, its other selection, and each baseline say to one question. */
  private async outputs(
    context: ClipContext,
    neg: number,
    evidence: readonly AttributeEvidence[],
  ): Promise<Candidate[]> {
    const { explainer, config, search, reference } = this.input
    const { clip, pos, prepared } = context
    const depth = Math.max(...config.top)
    const own = ranked(evidence, 'min', explainer.presence).slice(0, depth)
    const placed = config.tubes === 'placed'
    const byMin = placed ? withPlacedTubes(explainer, prepared, { evidence: own, ...this.search }) : own
    const byMax = ranked(evidence, 'max', explainer.presence).slice(0, depth)
    const [best] = byMin
    if (!best) return []
    const methods = [
      ...this.candidates('method', byMin, { clip, pos, neg, select: 'min' }),
      ...this.candidates('selectByMax', byMax, { clip, pos, neg, select: 'max' }),
    ]
    const shown = (evidence: AttributeEvidence) => this.regionIn(clip, evidence)
    const stream = random(config.seed, hash(clip.video), neg)
    const prior = pairPrior(reference, this.sets, pos, neg)
    const right = [...discriminating(this.sets, pos, neg)].filter((s) => clip.assigned.includes(s))
    const ask = async (method: BaselineName, evidence: AttributeEvidence, rank: number): Promise<Candidate[]> => {
      const found = await baselines[method]({
        ...{ model: explainer, target: this.input.target, input: context.input, prepared, pos, neg, evidence, right },
        ...{ truth: clip.truth, actor: clip.actor, size: this.size, colours: this.colours, search, stream },
        ...{ region: shown(evidence), words: this.words },
        guess: (cells?: readonly Cell[]) => this.guessed(prepared, { cells, prior, stream }),
      })
      const settle = clip.frames ? settled(found?.region ?? [], clip.frames) : (found?.region ?? [])
      return found ? [{ ...placeless, method, rank, ...found, region: settle }] : []
    }
    const others: Candidate[] = []
    // One after the other: they draw from one stream.
    for (const method of config.baselines) others.push(...(await ask(method, best, 0)))
    // The control of the second, third ... output, drawn last: the first draws are those of any other evaluation.
    if (config.eachOutput && config.baselines.includes('randomTube'))
      for (const [rank, evidence] of byMin.entries())
        if (rank > 0) others.push(...(await ask('randomTube', evidence, rank)))
    const region = shown(best)
    if (prior !== null) others.push({ ...placeless, method: 'classPrior', attribute: prior, rank: 0, region })
    return this.compared([...methods, ...others], region)
  }

  /** What a baseline that knows places only names. */
  private guessed(
    prepared: readonly Float32Array[],
    { cells, prior, stream }: { cells?: readonly Cell[]; prior: number | null; stream: Random },
  ): number {
    const { explainer, config } = this.input
    const seen =
      config.baselineAttribute === 'presence' && cells && wordAt(explainer, { prepared, cells, words: this.words })
    if (seen) return seen.attribute
    return config.baselineAttribute !== 'random' && prior !== null ? prior : stream.int(explainer.attributes)
  }

  private candidates(
    method: MethodName,
    list: readonly AttributeEvidence[],
    { clip, ...question }: RankedQuestion & { clip: EvaluationClip },
  ): Candidate[] {
    const { facts } = this.input
    return list.map((evidence, rank) => {
      const { attribute, score, minScore, presence } = evidence
      const supported = facts ? isSupported(facts, { score, ...question }) : null
      return {
        ...placeless,
        method,
        attribute,
        rank,
        score,
        minScore,
        supported,
        presence: presence === null ? null : sigmoid(presence),
        region: this.regionIn(clip, evidence),
      }
    })
  }

  /** A tube as it can be shown in the source, which is what is masked and measured. */
  private regionIn({ frames }: EvaluationClip, { tube }: AttributeEvidence): Region {
    const region = regionOf(this.input.explainer, tube.cells, this.size)
    return frames ? settled(region, frames) : region
  }

  /** Adds how large each is beside the method's own tube, and how far that agrees with the second opinion. */
  private compared(outputs: readonly Candidate[], own: Region): Candidate[] {
    const pixels = maskedPixels(own, this.size)
    const second = outputs.find(({ method, rank }) => method === 'gradCamDifference' && rank === 0)
    return outputs.map((output) => ({
      ...output,
      area: output.method === 'classPrior' || pixels === 0 ? null : maskedPixels(output.region, this.size) / pixels,
      agreement:
        second && output.method === 'method' && output.rank === 0 ? tubeOverlap(output.region, second.region) : null,
    }))
  }

  /** Masks the best output of each method, or every one, all of a clip in one go, each different mask once. */
  private async measure(
    context: ClipContext,
    questions: readonly { neg: number; outputs: Candidate[] }[],
  ): Promise<OutcomeRow[]> {
    const { config } = this.input
    const masks = new Map<string, readonly Region[]>()
    const toMask = questions.map(({ neg, outputs }) => {
      const planned = outputs.map((output) => ({
        output,
        own: this.isMasked(output) ? [output.region] : null,
        union: this.unionOf(output, outputs),
      }))
      for (const { own, union } of planned)
        for (const regions of [own, union]) if (regions) masks.set(keyOf(regions), regions)
      return { neg, planned }
    })
    const seen = await this.classified(context.input, masks)
    const after = (regions: readonly Region[] | null) => regions && (seen.get(keyOf(regions)) ?? null)
    const all: OutcomeRow[] = []
    for (const { neg, planned } of toMask) {
      const rows = planned.map(({ output, own, union }) =>
        this.row(context, neg, output, { own: after(own), union: after(union) }),
      )
      all.push(...(config.curves ? await this.withCurves(context, neg, rows) : rows))
    }
    return all
  }

  /** Probabilities under each mask, by its key. Few masked clips are held at a time: one is megabytes. */
  private async classified(
    input: Float32Array,
    masks: ReadonlyMap<string, readonly Region[]>,
  ): Promise<Map<string, Float32Array>> {
    const { target, config } = this.input
    const options = { size: this.size, fill: config.fill, colours: this.colours }
    const waiting = [...masks]
    const after = new Map<string, Float32Array>()
    for (let from = 0; from < waiting.length; from += masksAtOnce) {
      const part = waiting.slice(from, from + masksAtOnce)
      const scores = await classify(
        target,
        part.map(([, regions]) => maskClip(input, regions, options)),
        masksAtOnce,
      )
      part.forEach(([key], i) => after.set(key, scores[i]?.probabilities ?? new Float32Array()))
    }
    return after
  }

  /** Only the best of its pair, unless each is asked for; the prior of a pair says nothing of a place. */
  private isMasked({ rank, method }: Candidate): boolean {
    return method !== 'classPrior' && (rank === 0 || this.input.config.eachOutput)
  }

  /** The tubes of the best k outputs, where k is one of `config.top` and this output is the last of them. */
  private unionOf({ rank, method }: Candidate, outputs: readonly Candidate[]): Region[] | null {
    const { eachOutput, top } = this.input.config
    if (!eachOutput || method === 'classPrior' || !top.includes(rank + 1)) return null
    return outputs.filter((other) => other.method === method && other.rank <= rank).map(({ region }) => region)
  }

  /** Adds the curves over the ranked tubes of each method that ranks several. */
  private async withCurves(
    { input, pos, probabilities }: ClipContext,
    neg: number,
    rows: readonly OutcomeRow[],
  ): Promise<OutcomeRow[]> {
    const { target, config } = this.input
    const mask = { size: this.size, fill: config.fill, colours: this.colours }
    const curved = async (row: OutcomeRow): Promise<OutcomeRow> => {
      const ranks = rows.filter(({ method }) => method === row.method)
      if (row.rank > 0 || ranks.length < 2) return row
      const regions = ranks.map(({ region }) => region)
      const { deletion, insertion, union } = await tubeCurves(target, input, { regions, pos, ...mask })
      const unionHits = config.top.map((k) => topKHit(probabilities, union, { pos, neg, k }))
      return { ...row, curves: { deletion: curveArea(deletion), insertion: curveArea(insertion), unionHits } }
    }
    const all: OutcomeRow[] = []
    for (const row of rows) all.push(await curved(row))
    return all
  }

  private row(
    { clip, pos, probabilities }: ClipContext,
    neg: number,
    output: Candidate,
    { own: after, union }: { own: Float32Array | null; union: Float32Array | null },
  ): OutcomeRow {
    const { config } = this.input
    const standing = after && negativeStanding(probabilities, after, pos, neg)
    const together = union && negativeStanding(probabilities, union, pos, neg)
    const ious = overlaps(output.region, clip.truth, config.iou)
    const right = discriminating(this.sets, pos, neg)
    const { attribute } = output
    return {
      ...output,
      video: clip.video,
      label: clip.label,
      pos,
      neg,
      iou: ious.get(attribute) ?? 0,
      assigned: clip.assigned.includes(attribute),
      hasBoxes: clip.truth.has(attribute),
      hitRank: clip.assigned.includes(attribute) ? conceptRank(attribute, ious) : null,
      covers: mostCovered(ious),
      right: right.size > 0 ? right.has(attribute) : null,
      posBefore: probabilities[pos] as number,
      negBefore: probabilities[neg] as number,
      posAfter: after ? (after[pos] as number) : null,
      negAfter: after ? (after[neg] as number) : null,
      negRank: standing?.negRank ?? null,
      negTies: standing?.negTies ?? null,
      unionNegRank: together?.negRank ?? null,
      unionNegTies: together?.negTies ?? null,
      curves: null,
    }
  }
}

/** Pairs whose maps of every attribute fit so many bytes, at least one. */
function pairsIn(bytes: number, { grids, attributes }: ExplainerModel): number {
  const cells = grids.reduce((sum, grid) => sum + cellCount(grid), 0)
  return Math.max(1, Math.floor(bytes / (cells * shapes.length * attributes * Float32Array.BYTES_PER_ELEMENT)))
}

function inParts<T>(list: readonly T[], size: number): T[][] {
  if (list.length <= size) return [[...list]]
  return Array.from({ length: Math.ceil(list.length / size) }, (_, k) => list.slice(k * size, (k + 1) * size))
}

function saidOf(probabilities: Float32Array, label: number): { pos: number; correct: boolean; confidence: number } {
  const confidence = Math.max(...probabilities)
  const pos = probabilities.indexOf(confidence)
  return { pos, correct: pos === label, confidence }
}

function keyOf(regions: readonly Region[]): string {
  const boxes = (region: Region) =>
    region.map((box: Box | null) => (box ? `${box.x1},${box.y1},${box.x2},${box.y2}` : '')).join(';')
  return regions.map(boxes).join('|')
}

/** A number for a text, to seed a stream with (FNV-1a). */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}
