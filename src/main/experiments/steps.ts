import type { JobId } from '@shared/ids'
import type { JobQueue } from '../jobs/job-queue'
import type { Project } from '../project/project'
import type { EvaluationService } from '../training/evaluation-service'
import type { ExplanationService } from '../training/explanation-service'
import type { RunService } from '../training/run-service'

/** What experiments are made with. */
export interface ExperimentParts {
  project: Project
  runs: Pick<RunService, 'list' | 'get' | 'start' | 'explainerFor'>
  evaluations: Pick<EvaluationService, 'get' | 'start' | 'remove'>
  explanations: Pick<ExplanationService, 'example'>
  jobs: () => Pick<JobQueue, 'resume'>
}

/** How the caller follows them. */
export interface ExperimentSteps {
  /** Waits for a job; `label` is what is then done. Throws the failure it ended with, Failure INTERRUPTED where it was stopped. */
  follow: (job: JobId, label: string) => Promise<void>
  /** A line for people. */
  say: (line: string) => void
  signal: AbortSignal
}
