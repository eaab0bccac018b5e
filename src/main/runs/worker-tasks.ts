import type { z } from 'zod'
import type { ExplainOptions } from '@shared/config/explainer'
import type { ImportedModelConfig, ImportedModelSettings } from '@shared/config/imported-model'
import type { EvaluationConfig } from '@shared/config/evaluation'
import type { SampleConfig } from '@shared/config/sample'
import type { MethodMetrics } from '@shared/contract/evaluation'
import type {
  Explanation,
  HeatMap,
  MaskCheck,
  MaskFill,
  Prediction,
  Question,
  SecondAnswer,
} from '@shared/contract/explanation'
import type { MetricPoint, ModelFacts } from '@shared/contract/learning'
import type { Tube } from '@shared/geometry/tube'
import type { AttributeId, ClassId, RunId } from '@shared/ids'
import type { Progress } from '@shared/progress'
import type { OpenedEngine } from '@main/system/engine-service'
import type { ReportExample } from '@main/report/report-example'
import type { NewOutcome } from '@main/store/repositories/evaluation-repository'
import type { Checkpoint } from '@main/store/repositories/run-repository'
import type { FilesPlace, QuestionBundle, RunBundle } from './bundle'

export type { NewOutcome } from '@main/store/repositories/evaluation-repository'

export interface TrainTask {
  bundle: RunBundle
  /** Go on from the last checkpoint. */
  resume: boolean
}

export interface AskTask {
  bundle: QuestionBundle
}

export type ExplainTask = Omit<z.output<typeof Question>, 'run' | 'video'> & AskTask

/** Names the numbers a run is shown with. */
export type Headline = Record<string, number>

/** What was found out about somebody else's model. */
export interface AdoptedModel {
  config: ImportedModelConfig
  /** Largest difference from what its sample expects; null without one. */
  maxDifference: number | null
}

/** What the worker process can be asked to do. Rows come as events, in pieces, for the host to write. */
export interface WorkerTasks {
  engine: { in: object; out: OpenedEngine }
  classifier: { in: TrainTask; out: Headline }
  explainer: { in: TrainTask; out: Headline }
  evaluation: { in: { bundle: RunBundle; config: EvaluationConfig }; out: MethodMetrics[] }
  /** What somebody else's model is. */
  inspectModel: { in: { path: string; classOutput?: string; frames?: number; size?: number }; out: ModelFacts }
  /** Copies it into a run's folder. */
  adoptModel: {
    in: {
      files: FilesPlace
      run: RunId
      path: string
      settings: ImportedModelSettings
      classes: readonly string[]
      check?: string
    }
    out: AdoptedModel
  }
  /** Writes a classifier that was trained here as ONNX. */
  exportModel: {
    in: { files: FilesPlace; run: RunId; path: string; classes: readonly string[] }
    out: { bytes: number }
  }
  /** Measures it on the project's videos. */
  measureModel: { in: TrainTask; out: Headline }
  sample: { in: { folder: string; config: SampleConfig }; out: { manifest: string } }
  predict: { in: AskTask; out: z.infer<typeof Prediction> }
  explain: { in: ExplainTask; out: z.infer<typeof Explanation> }
  /** What another way to ask says. */
  second: { in: ExplainTask; out: z.infer<typeof SecondAnswer> }
  check: {
    in: AskTask & { tubes: Tube[]; fill: z.infer<typeof MaskFill>; seed: number }
    out: z.infer<typeof MaskCheck>
  }
  heat: {
    in: AskTask & { pos: ClassId; neg: ClassId; attribute: AttributeId; tubes: ExplainOptions['tubes'] }
    out: z.infer<typeof HeatMap>
  }
  /** An answer with its pictures, for a page. */
  example: { in: ExplainTask & { slots: ReadonlyMap<AttributeId, number> }; out: ReportExample }
}

export type TaskName = keyof WorkerTasks

export type WorkerEvent =
  | { kind: 'progress'; progress: Progress }
  /** The task goes on from the state after this step, of an earlier try; -1 where it begins anew. */
  | { kind: 'resumed'; step: number }
  | { kind: 'metrics'; points: MetricPoint[] }
  | { kind: 'checkpoint'; checkpoint: Checkpoint }
  | { kind: 'headline'; headline: Headline }
  /** The rows from this number on, counted from 0. */
  | { kind: 'outcomes'; rows: NewOutcome[]; from: number }
  | { kind: 'log'; line: string }
  /** What the task computes with: known for sure only where it runs. */
  | { kind: 'engine'; backend: string }

/** What a task hears and says while it runs. */
export interface TaskTools {
  signal: AbortSignal
  emit: (event: WorkerEvent) => void
}
