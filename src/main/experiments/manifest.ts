import { isDeepStrictEqual } from 'node:util'
import { EvaluationConfig } from '@shared/config/evaluation'
import { type ExperimentName, experimentNames } from '@shared/config/experiment'
import { RunKind } from '@shared/contract/learning'
import { Failure } from '@shared/failures'
import { EvaluationId, RunId } from '@shared/ids'
import { z } from 'zod'
import type { OutFolder } from './out-folder'

const file = 'experiment.json'

/** An evaluation that was started here, and everything its numbers depend on. */
const Measured = z.object({
  evaluation: EvaluationId,
  run: RunId,
  /** A run that was trained again is another one, whatever its id. */
  runEnded: z.number().nullable(),
  /** State of the project's data (data-state.ts). */
  data: z.string(),
  config: EvaluationConfig,
})
export type MeasuredEntry = z.infer<typeof Measured>

const Trained = z.object({ run: RunId, kind: RunKind, fcLayers: z.int() })
export type TrainedEntry = z.infer<typeof Trained>

const Part = z.object({
  /** What the part was made from: runs, evaluations, settings, seed. */
  from: z.unknown(),
  files: z.array(z.string()),
  finishedAt: z.string(),
})

const Manifest = z.object({
  version: z.literal(1),
  project: z.string(),
  evaluations: z.array(Measured),
  trained: z.array(Trained),
  parts: z.partialRecord(z.enum(experimentNames), Part),
})

/** What an output folder came from, so that a second call does only what is missing or has changed. */
export class ExperimentManifest {
  private constructor(
    private readonly out: OutFolder,
    private readonly state: z.infer<typeof Manifest>,
  ) {}

  /** Throws Failure BAD_SETTING where experiment.json is something else. */
  static open(out: OutFolder, project: string): ExperimentManifest {
    const text = out.read(file)
    if (text === null)
      return new ExperimentManifest(out, { version: 1, project, evaluations: [], trained: [], parts: {} })
    const parsed = Manifest.safeParse(asJson(text))
    if (!parsed.success) {
      const reason = `${file} there is not the list of an experiment, or one of a newer studio. Give another folder.`
      throw new Failure('BAD_SETTING', { setting: '--out', reason })
    }
    return new ExperimentManifest(out, { ...parsed.data, project })
  }

  /** Newest first. */
  evaluations(): MeasuredEntry[] {
    return this.state.evaluations.toReversed()
  }

  addEvaluation(entry: MeasuredEntry): void {
    this.state.evaluations.push(entry)
    this.save()
  }

  dropEvaluation(id: EvaluationId): void {
    this.state.evaluations = this.state.evaluations.filter(({ evaluation }) => evaluation !== id)
    this.save()
  }

  trained(): TrainedEntry[] {
    return this.state.trained.toReversed()
  }

  addTrained(entry: TrainedEntry): void {
    this.state.trained.push(entry)
    this.save()
  }

  /** Whether a part is there with all its files, made from exactly this. */
  isMade(name: ExperimentName, from: unknown): boolean {
    const part = this.state.parts[name]
    // Through JSON, as it was stored: a missing value and none are the same.
    return part !== undefined && this.filesThere(name) && isDeepStrictEqual(part.from, JSON.parse(JSON.stringify(from)))
  }

  made(): ExperimentName[] {
    return experimentNames.filter((name) => this.filesThere(name))
  }

  /** Parts of another state of the data than this: their numbers are not of the project as it is. */
  madeBefore(data: string): ExperimentName[] {
    const Dated = z.object({ data: z.string() })
    return this.made().filter((name) => {
      const from = Dated.safeParse(this.state.parts[name]?.from)
      return from.success && from.data.data !== data
    })
  }

  putPart(name: ExperimentName, from: unknown, files: string[]): void {
    this.state.parts[name] = { from, files, finishedAt: new Date().toISOString() }
    this.save()
  }

  private filesThere(name: ExperimentName): boolean {
    return this.state.parts[name]?.files.every((one) => this.out.has(one)) ?? false
  }

  private save(): void {
    this.out.write(file, `${JSON.stringify(this.state, null, 2)}\n`)
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
