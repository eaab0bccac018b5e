import type { z } from 'zod'
import {
  type Explanation,
  type HeatMap,
  type MaskCheck,
  type Prediction,
  Question,
  type SecondAnswer,
} from '@shared/contract/explanation'
import type { contract } from '@shared/contract'
import type { InferContractRouterOutputs } from '@orpc/contract'
import { Failure } from '@shared/failures'
import type { ClassId, RunId, VideoId } from '@shared/ids'
import { isReadable } from '@main/runs/clip-rows'
import type { ReportExample } from '@main/report/report-example'
import { answerPage } from '@main/report/pages'
import type { RunParts, RunService } from '@main/runs/run-service'
import type { AskTask, ExplainTask, WorkerTasks } from '@main/runs/worker-tasks'

type Html = InferContractRouterOutputs<typeof contract>['explanation']['html']

/** Answers "why A, not B?" and what goes with it, in the warm process. */
export class ExplanationService {
  constructor(
    private readonly parts: RunParts,
    private readonly runs: RunService,
  ) {}

  /** What the model says. With an explanation run, or none, its classifier answers. */
  predict({ video, run }: { video: VideoId; run?: RunId }, signal?: AbortSignal): Promise<z.infer<typeof Prediction>> {
    return this.ask('predict', this.about(video, this.modelFor(run)), signal)
  }

  /** Throws Failure SAME_CLASS, NO_EXPLAINER, RUN_NOT_FINISHED, VIDEO_UNREADABLE. */
  explain(question: z.input<typeof Question>, signal?: AbortSignal): Promise<z.infer<typeof Explanation>> {
    return this.ask('explain', this.question(question), signal)
  }

  /** What the network itself says when it is asked another way, beside the first card. */
  second(question: z.input<typeof Question>, signal?: AbortSignal): Promise<z.infer<typeof SecondAnswer>> {
    return this.ask('second', this.question(question), signal)
  }

  /** Masks tubes and classifies again, beside a random tube of equal shape. */
  check(
    { video, run, ...what }: Omit<WorkerTasks['check']['in'], keyof AskTask> & { video: VideoId; run?: RunId },
    signal?: AbortSignal,
  ): Promise<z.infer<typeof MaskCheck>> {
    return this.ask('check', { ...this.about(video, this.modelFor(run)), ...what }, signal)
  }

  /** delta_m of one attribute as a map per sampled frame. */
  heat(
    { video, run, ...what }: Omit<WorkerTasks['heat']['in'], keyof AskTask> & { video: VideoId; run?: RunId },
    signal?: AbortSignal,
  ): Promise<z.infer<typeof HeatMap>> {
    this.requireTwo(what.pos, what.neg)
    return this.ask('heat', { ...this.about(video, this.runs.explainerFor(run).id), ...what }, signal)
  }

  /** The answer as one page that needs nothing else. */
  async html(question: z.input<typeof Question>, signal?: AbortSignal): Promise<Html> {
    return { html: answerPage(await this.example(question, signal), Question.parse(question).options) }
  }

  /** The answer with its pictures, for a page. */
  example(question: z.input<typeof Question>, signal?: AbortSignal): Promise<ReportExample> {
    return this.ask('example', { ...this.question(question), slots: this.parts.bundles.slots() }, signal)
  }

  private question(question: z.input<typeof Question>): ExplainTask {
    const { run, video, ...rest } = Question.parse(question)
    this.requireTwo(rest.pos, rest.neg)
    return { ...rest, ...this.about(video, this.runs.explainerFor(run).id) }
  }

  /** By name: an id says nothing to a person. */
  private requireTwo(pos: ClassId | undefined, neg: ClassId | undefined): void {
    if (pos === undefined || pos !== neg) return
    const named = this.parts.repositories.classes.rows().find(({ id }) => id === pos)
    throw new Failure('SAME_CLASS', { class: named?.name ?? pos })
  }

  private modelFor(run: RunId | undefined): RunId {
    const { runs } = this.parts.repositories
    if (run && runs.get(run).kind === 'classifier') return this.runs.classifierFor(run).id
    if (run || runs.newestDone('explainer')) return this.runs.explainerFor(run).id
    return this.runs.classifierFor(undefined).id
  }

  private about(video: VideoId, run: RunId): AskTask {
    const record = this.parts.repositories.videos.get(video)
    if (!isReadable(record))
      throw new Failure('VIDEO_UNREADABLE', { path: record.path, reason: record.reason ?? 'It has no pictures.' })
    return { bundle: this.parts.bundles.ofQuestion(video, run) }
  }

  private ask<T extends 'predict' | 'explain' | 'second' | 'check' | 'heat' | 'example'>(
    task: T,
    input: WorkerTasks[T]['in'],
    signal?: AbortSignal,
  ): Promise<WorkerTasks[T]['out']> {
    const { workers, engine } = this.parts
    return workers.ask(task, input, { engine, signal })
  }
}
