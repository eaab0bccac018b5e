import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { ClassifierConfig } from '@shared/config/classifier'
import { ExplainerConfig } from '@shared/config/explainer'
import { ImportedModelSettings, OutputKind } from '@shared/config/imported-model'
import { JobId, RunId, SweepId } from '@shared/ids'
import { TapGeometry } from '@shared/tap-geometry'
import { Name } from '@shared/name'
import { forOwners, forReviewers } from './base'
import { JobState, StoredFailure } from './jobs'

export const RunKind = z.enum(['classifier', 'explainer'])
export type RunKind = z.infer<typeof RunKind>

export const Run = z.object({
  id: RunId,
  name: z.string(),
  kind: RunKind,
  state: JobState,
  job: JobId.nullable(),
  /** The classifier an explainer explains. */
  explains: RunId.nullable(),
  /** The classifier whose weights a classifier began with. */
  startFrom: RunId.nullable(),
  /** The sweep it is one of. */
  sweep: SweepId.nullable(),
  /** It was once given up for being worse than the others of its sweep. */
  stoppedEarly: z.boolean(),
  /** Put away: kept with all that was measured on it, and chosen only by name. */
  archived: z.boolean(),
  /** Words that people found for it, and what they wrote of it. */
  tags: z.array(z.string()),
  note: z.string(),
  config: z.unknown(),
  preset: z.string(),
  /** Classes and attributes as the model knows them, in its order. */
  classes: z.array(z.string()),
  attributes: z.array(z.string()),
  trainVideos: z.int(),
  testVideos: z.int(),
  /** Headline numbers: testAccuracy, testConfidence, loss, bound, ... */
  headline: z.record(z.string(), z.number()),
  engine: z.string(),
  failure: StoredFailure.nullable(),
  startedBy: z.enum(['studio', 'terminal']),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
})
export type Run = z.infer<typeof Run>

/** One point of the curves: optimiser step, epoch (a fraction within), named values. */
export const MetricPoint = z.object({
  step: z.int(),
  epoch: z.number(),
  at: z.number(),
  values: z.record(z.string(), z.number()),
})
export type MetricPoint = z.infer<typeof MetricPoint>

export const Finding = z.object({ level: z.enum(['ok', 'warn', 'error']), text: z.string() })
export type Finding = z.infer<typeof Finding>

export const LayerSummary = z.object({
  name: z.string(),
  /** [T, rows, cols, channels], or [units] of a fully connected layer. */
  output: z.array(z.int()),
  parameters: z.int(),
})
export type LayerSummary = z.infer<typeof LayerSummary>

/** A network as its settings make it, before it is trained. */
export const ModelSummary = z.object({
  layers: z.array(LayerSummary),
  parameters: z.int(),
  /** Multiply-adds of one clip's forward pass. */
  multiplyAdds: z.int(),
  taps: z.array(TapGeometry),
  /** Sentences about what may spoil explanations; empty when nothing does. */
  warnings: z.array(z.string()),
})
export type ModelSummary = z.infer<typeof ModelSummary>

export const Estimate = z.object({
  findings: z.array(Finding),
  /** From a measured step; null where it was not measured yet. */
  seconds: z.number().nullable(),
  memoryMb: z.number(),
  trainVideos: z.int(),
  testVideos: z.int(),
  /** The network that a classifier's settings make; null for an explanation. */
  model: ModelSummary.nullable(),
})
export type Estimate = z.infer<typeof Estimate>

const StartClassifier = z.object({
  kind: z.literal('classifier'),
  name: Name.optional(),
  preset: z.string().default('Custom'),
  config: ClassifierConfig,
  startFrom: RunId.optional().describe(
    'Finished classifier run of the same layers and classes whose weights it begins with',
  ),
})
const StartExplainer = z.object({
  kind: z.literal('explainer'),
  name: Name.optional(),
  preset: z.string().default('Custom'),
  explains: RunId.optional().describe('Classifier run; the newest finished one when left out'),
  config: ExplainerConfig,
})
export const StartRun = z.discriminatedUnion('kind', [StartClassifier, StartExplainer])
export type StartRun = z.infer<typeof StartRun>

export const ModelFacts = z.object({
  path: z.string(),
  format: z.enum(['layers-model', 'graph-model', 'onnx']),
  /** The order of axes of its input: N batch, T frames, H and W the picture, C colours. */
  axes: z.string(),
  frames: z.int(),
  height: z.int(),
  width: z.int(),
  /** Outputs. */
  classes: z.int(),
  output: OutputKind,
  /** The output that holds the classes, and all there are. */
  classOutput: z.string(),
  outputs: z.array(z.string()),
  /** What the file says of its classes and its pixels; null where it says nothing. */
  names: z.array(z.string()).nullable(),
  scale: z.object({ mean: z.array(z.number()), deviation: z.array(z.number()) }).nullable(),
  layers: z.array(
    z.object({
      name: z.string(),
      kind: z.string(),
      /** Without the batch; empty where it is not known. */
      output: z.array(z.int()),
      /** It can be a feature map: [T, rows, cols, channels] with several frames of the clip. */
      isMap: z.boolean(),
    }),
  ),
  /** Layers that would do as feature maps, the last one first. */
  proposed: z.array(z.string()),
})
export type ModelFacts = z.infer<typeof ModelFacts>

/** A model to look at; the rest only where its file leaves it open. */
export const InspectModel = z.object({
  path: z.string(),
  ...ImportedModelSettings.pick({ classOutput: true, frames: true, size: true }).partial().shape,
})
export type InspectModel = z.infer<typeof InspectModel>

/** A model to bring in, and how it is used. */
export const ImportModel = ImportedModelSettings.extend({
  path: z
    .string()
    .describe('A model of ONNX, or model.json of a LayersModel or GraphModel of TensorFlow.js, weights beside it'),
  name: Name.optional(),
  classes: z
    .array(Name)
    .optional()
    .describe("Names of its outputs, in their order; the project's classes in their order when left out"),
  createClasses: z.boolean().default(false).describe('Make the classes that the project lacks'),
  check: z
    .string()
    .optional()
    .describe('An .npz with "input", as the model orders its axes, and the "output" expected of it'),
})
export type ImportModel = z.infer<typeof ImportModel>

export const ExportModel = z.object({
  run: RunId.optional().describe('Classifier run; the newest finished one when left out'),
  path: z.string().describe('The file to write: .onnx, or the model.json of a LayersModel, its weights beside it'),
})
export type ExportModel = z.infer<typeof ExportModel>

/** What deleting gives back to the disk. */
export const Freed = z.object({
  bytes: z.int(),
  explanations: z.int().describe('Explanations of it that would go too'),
})

export const learning = {
  runs: forReviewers
    .route({ method: 'GET', path: '/runs', summary: 'Training runs, newest first' })
    .output(z.array(Run)),
  run: forReviewers
    .route({ method: 'GET', path: '/runs/{id}', summary: 'One run' })
    .input(z.object({ id: RunId }))
    .output(Run),
  metrics: forReviewers
    .route({ method: 'GET', path: '/runs/{id}/metrics', summary: 'Curves of a run' })
    .input(z.object({ id: RunId }))
    .output(z.array(MetricPoint)),
  log: forReviewers
    .route({ method: 'GET', path: '/runs/{id}/log', summary: 'Log lines of a run' })
    .input(z.object({ id: RunId }))
    .output(z.array(z.string())),
  watch: forReviewers
    .route({ method: 'GET', path: '/runs/{id}/watch', summary: 'Points of a run as they come' })
    .input(z.object({ id: RunId }))
    .output(eventIterator(MetricPoint)),
  estimate: forOwners
    .route({
      method: 'POST',
      path: '/runs/estimate',
      summary: 'What is wrong with the data, and what a run would need',
    })
    .input(StartRun)
    .output(Estimate),
  start: forOwners
    .route({ method: 'POST', path: '/runs', summary: 'Start a training run' })
    .input(StartRun)
    .output(z.object({ run: RunId, job: JobId })),
  again: forOwners
    .route({
      method: 'POST',
      path: '/runs/{id}/again',
      summary: 'Train once more what was trained, with its settings and seed',
    })
    .input(z.object({ id: RunId }))
    .output(z.object({ run: RunId, job: JobId })),
  freedBy: forOwners
    .route({ method: 'GET', path: '/runs/{id}/freed', summary: 'What deleting a run would free' })
    .input(z.object({ id: RunId }))
    .output(Freed),
  inspectModel: forOwners
    .route({
      method: 'POST',
      path: '/models/inspect',
      summary: "What somebody else's model is, and what can be its feature maps",
    })
    .input(InspectModel)
    .output(ModelFacts),
  importModel: forOwners
    .route({ method: 'POST', path: '/models', summary: "Bring in somebody else's model as a classifier" })
    .input(ImportModel)
    .output(
      z.object({
        run: RunId,
        job: JobId,
        /** Largest difference from what its sample expects; null without one. */
        maxDifference: z.number().nullable(),
      }),
    ),
  exportModel: forOwners
    .route({
      method: 'POST',
      path: '/models/export',
      summary: 'Write a classifier that was trained here as ONNX or LayersModel',
    })
    .input(ExportModel)
    .output(z.object({ bytes: z.int() })),
  describe: forOwners
    .route({ method: 'POST', path: '/runs/{id}/words', summary: 'Give a run tags or a note' })
    .input(
      z.object({
        id: RunId,
        tags: z
          .array(Name.pipe(z.string().max(40)))
          .max(20)
          .optional()
          .describe('All it is to have; the same one counts once'),
        note: z.string().trim().max(10_000).optional(),
      }),
    )
    .output(Run),
  archive: forOwners
    .route({ method: 'POST', path: '/runs/{id}/archive', summary: 'Put a run away, or bring it back; its files stay' })
    .input(z.object({ id: RunId, archived: z.boolean().default(true) }))
    .output(Run),
  remove: forOwners
    .route({ method: 'DELETE', path: '/runs/{id}', summary: 'Delete a run with its files' })
    .input(z.object({ id: RunId }))
    .output(z.null()),
}
