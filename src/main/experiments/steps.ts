import type { JobId } from '@shared/ids'
import type { JobQueue } from '@main/jobs/job-queue'
import type { Project } from '@main/project/project'
import type { EvaluationService } from '@main/evaluation/evaluation-service'
import type { ExplanationService } from '@main/explanation/explanation-service'
import type { RunService } from '@main/runs/run-service'

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
