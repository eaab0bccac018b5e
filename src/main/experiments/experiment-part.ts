import { EvaluationConfig } from '@shared/config/evaluation'
import type { ExperimentConfig, ExperimentName } from '@shared/config/experiment'
import type { Evaluation } from '@shared/contract/evaluation'
import type { OutcomeNumbers } from '@main/store/repositories/evaluation-repository'
import type { Run } from '@shared/contract/learning'
import { Failure } from '@shared/failures'
import type { RunId } from '@shared/ids'
import type { ReportExample } from '@main/report/report-example'
import { studioVersion } from '@main/system/doctor'
import { isReadable } from '@main/runs/clip-rows'
import { classifierNumbers } from '@main/report/classifier-numbers'
import { dataCounts, dataState } from './data-state'
import { FcRuns, type ModelPair } from './fc-runs'
import { figure5, figure5Table } from './figure5'
import { figure6Table, questionsToShow } from './figure6'
import type { ExperimentManifest } from './manifest'
import { Measurements } from './measurements'
import { about } from './part-words'
import type { ExperimentResult } from './result'
import type { ExperimentParts, ExperimentSteps } from './steps'
import { table1 } from './table1'
import { table2 } from './table2'
import { table3 } from './table3'
import { type FcMeasured, table4 } from './table4'
import { topK } from './measured-rows'

/** A table or figure before it is made. */
export interface ExperimentPart {
  /** Everything it depends on; the same twice means the same result. */
  from: unknown
  make(): Promise<ExperimentResult>
}

export interface PartsRequest {
  run: RunId | undefined
  config: ExperimentConfig
}

/** n of Table 4. */
const fcNegatives = 3
const fcLayers = [1, 2, 3] as const

/** Knows what each table and figure is made from, and trains and measures what is not there yet. */
export class PartSource {
  /** State of the project's data now. */
  readonly data: string
  private readonly measurements: Measurements
  private readonly fcRuns: FcRuns

  constructor(
    private readonly parts: ExperimentParts,
    private readonly manifest: ExperimentManifest,
    private readonly steps: ExperimentSteps,
    private readonly request: PartsRequest,
  ) {
    this.data = dataState(parts.project)
    this.measurements = new Measurements(parts, manifest, steps, this.data)
    this.fcRuns = new FcRuns(parts, manifest, steps)
  }

  /** Throws Failure NO_EXPLAINER, RUN_NOT_FINISHED, NOTHING_TO_EVALUATE, and those of training. */
  async part(name: ExperimentName): Promise<ExperimentPart> {
    if (name === 'table1') return this.statistics()
    if (name === 'table4') return this.fullyConnected()
    return this.measured(name)
  }

  /** The models that the request means. */
  models(): ModelPair {
    const { runs } = this.parts
    const explainer = runs.explainerFor(this.request.run ?? this.newest())
    if (!explainer.explains) throw new Failure('NO_CLASSIFIER', {})
    return { explainer, classifier: runs.get(explainer.explains) }
  }

  /** The newest finished one, but for those put away and those that Table 4 has trained: a second call must mean the same run. */
  private newest(): RunId | undefined {
    const trained = new Set(this.manifest.trained().map(({ run }) => run))
    return this.parts.runs
      .list()
      .find(
        ({ id, kind, state, archived }) => kind === 'explainer' && state === 'done' && !archived && !trained.has(id),
      )?.id
  }

  private statistics(): ExperimentPart {
    const counts = dataCounts(this.parts.project)
    const project = this.parts.project.info().name
    return {
      from: { studio: studioVersion(), data: this.data, project, counts },
      make: async () => ({
        ...about.table1,
        table: table1(project, counts),
        settings: [],
        notes: about.counted(counts),
      }),
    }
  }

  private async measured(name: 'table2' | 'table3' | 'figure5' | 'figure6'): Promise<ExperimentPart> {
    const models = this.models()
    const config = this.evaluationConfig(models)
    const evaluation = await this.measurements.of(models.explainer, [config])
    const from = this.fromOf(models, evaluation)
    return { from, make: () => this.make(name, models, evaluation) }
  }

  private async make(
    name: 'table2' | 'table3' | 'figure5' | 'figure6',
    models: ModelPair,
    evaluation: Evaluation,
  ): Promise<ExperimentResult> {
    const rows = this.rowsOf(evaluation)
    const { seed, negatives: most, trim } = evaluation.config
    const chances = models.classifier.classes.length - 1
    const settings = about.settings(models, evaluation.config, rows)
    const warnings = about.warnings([models.classifier])
    if (name === 'table2') {
      const notes = [...warnings, ...about.missing(rows)]
      return { ...about.table2, table: table2(rows, seed), settings, notes }
    }
    if (name === 'table3') {
      const notes = [...warnings, ...about.concepts(rows)]
      return { ...about.table3, table: table3(rows, seed), settings, notes }
    }
    if (name === 'figure5') {
      const curves = figure5(rows, { most, seed })
      const notes = [...warnings, ...about.negatives({ chances, most }), ...about.missing(rows), ...about.curves(rows)]
      return { ...about.figure5, table: figure5Table(curves, { chances }), curves, settings, notes }
    }
    const examples = await this.examples(models.explainer, rows, trim)
    return { ...about.figure6, table: figure6Table(examples), examples, settings, notes: about.examples(examples) }
  }

  private async examples(explainer: Run, rows: readonly OutcomeNumbers[], trim: boolean): Promise<ReportExample[]> {
    const examples: ReportExample[] = []
    for (const { video, pos, neg } of questionsToShow(rows)) {
      // A video that was removed since has no pictures.
      if (!this.parts.project.repositories.videos.find(video)) continue
      const question = { video, pos, neg, run: explainer.id, count: 2, options: { trim } }
      examples.push(await this.parts.explanations.example(question, this.steps.signal))
      if (this.steps.signal.aborted) throw new Failure('INTERRUPTED', {})
    }
    return examples
  }

  private async fullyConnected(): Promise<ExperimentPart> {
    const base = this.models()
    const full = this.evaluationConfig(base)
    const config = { ...full, negatives: Math.min(fcNegatives, full.negatives), eachOutput: false }
    const measured: (FcMeasured & { models: ModelPair; evaluation: Evaluation })[] = []
    for (const layers of fcLayers) {
      const models = await this.fcRuns.pair(base, layers)
      const evaluation = await this.measurements.of(models.explainer, [config, full])
      const { testAccuracy: accuracy, testConfidence: confidence } = classifierNumbers(models.classifier)
      measured.push({ fcLayers: layers, accuracy, confidence, models, evaluation, rows: [] })
    }
    return {
      from: {
        data: this.data,
        layers: measured.map(({ fcLayers: layers, models, evaluation }) => ({
          fcLayers: layers,
          ...this.fromOf(models, evaluation),
        })),
      },
      make: async () => {
        const whole = measured.map((one) => ({ ...one, rows: this.rowsOf(one.evaluation) }))
        const chances = base.classifier.classes.length - 1
        const table = table4(whole, { n: config.negatives, chances, seed: config.seed })
        const settings = [
          ...about.settings(base, config, whole[0]?.rows ?? []),
          ...whole.map(({ fcLayers: layers, models }) => ({
            name: `fc${layers}`,
            value: `${models.classifier.name}, explained by ${models.explainer.name}`,
          })),
        ]
        const classifiers = whole.map(({ models }) => models.classifier)
        const notes = [
          ...about.warnings(classifiers),
          ...about.fullyConnected(base.classifier, classifiers),
          ...about.negatives({ chances, most: config.negatives }),
          ...about.missing(whole.flatMap(({ rows }) => rows)),
        ]
        return { ...about.table4, table, settings, notes }
      },
    }
  }

  private fromOf({ classifier, explainer }: ModelPair, { id, config, columns: _ }: Evaluation) {
    const run = (one: Run) => ({ id: one.id, name: one.name, ended: one.endedAt })
    return {
      studio: studioVersion(),
      data: this.data,
      ...{ classifier: run(classifier), explainer: run(explainer) },
      ...{ evaluation: id, config },
    }
  }

  private rowsOf({ id }: Evaluation): OutcomeNumbers[] {
    return this.parts.project.repositories.evaluations.numbers(id)
  }

  /** One evaluation serves Tables 2 and 3 and Figures 5 and 6. Throws Failure NOTHING_TO_EVALUATE. */
  private evaluationConfig({ classifier }: ModelPair): EvaluationConfig {
    const { negatives, ...config } = this.request.config
    const { videos, runs } = this.parts.project.repositories
    const known = new Set(runs.vocabulary(classifier.id).classes.map(({ id }) => id))
    const some = videos
      .all()
      .some(
        (video) => video.split === config.split && isReadable(video) && video.class !== null && known.has(video.class),
      )
    if (!some) throw new Failure('NOTHING_TO_EVALUATE', { split: config.split })
    const most = Math.max(1, classifier.classes.length - 1)
    return EvaluationConfig.parse({
      ...config,
      ...{ pairs: 'top', negatives: Math.min(negatives, most), top: [...topK], eachOutput: true },
    })
  }
}
