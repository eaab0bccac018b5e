import type { Job } from '@shared/contract/jobs'
import { AnnotationService } from './annotation/annotation-service'
import { LabelImport } from './annotation/label-import'
import { ExperimentService } from './experiments/experiment-service'
import { allFormats } from './interchange/formats'
import { DataImportService } from './interchange/import-service'
import { FormatRegistry } from './interchange/registry'
import { ImportService } from './library/import-service'
import { JobQueue } from './jobs/job-queue'
import { ProjectJobStore } from './jobs/project-job-store'
import { LibraryService } from './library/library-service'
import type { Project } from './project/project'
import { ProjectMedia } from './media/project-media'
import type { StudioParts } from './studio'
import { EvaluationService } from './evaluation/evaluation-service'
import { ExplanationService } from './explanation/explanation-service'
import { ModelImportService } from './runs/model-import-service'
import { RunService } from './runs/run-service'
import { SampleService } from './sample/sample-service'
import { TourService } from './sample/tour-service'

/** An open project and everything that can be done in it. */
export class Workspace {
  readonly library: LibraryService
  readonly annotation: AnnotationService
  readonly labels: LabelImport
  readonly imports: ImportService
  readonly data: DataImportService
  readonly samples: SampleService
  readonly runs: RunService
  readonly models: ModelImportService
  readonly explanations: ExplanationService
  readonly evaluations: EvaluationService
  readonly experiments: ExperimentService
  readonly media: ProjectMedia
  readonly jobs: JobQueue

  constructor(
    readonly project: Project,
    parts: StudioParts,
  ) {
    const { media, workers, engine, log, startedBy, jobChanges, onChange } = parts
    const { repositories, folder } = project
    const jobs = () => this.jobs
    const learning = { folder, repositories, workers, engine, startedBy, onChange }
    this.media = new ProjectMedia(project, media)
    this.library = new LibraryService(project, onChange)
    this.annotation = new AnnotationService(project, onChange)
    this.labels = new LabelImport(project, onChange)
    this.imports = new ImportService({ project, media, library: this.library }, jobs)
    this.data = new DataImportService({ project, formats: new FormatRegistry(allFormats), onChange })
    this.runs = new RunService(learning, jobs)
    this.models = new ModelImportService(learning, { library: this.library, runs: this.runs }, jobs)
    this.evaluations = new EvaluationService(learning, this.runs, jobs)
    this.explanations = new ExplanationService(learning, this.runs)
    const { runs, evaluations, explanations } = this
    this.experiments = new ExperimentService({ project, runs, evaluations, explanations, jobs })
    this.samples = new SampleService({ project, workers, imports: this.imports, onChange }, jobs)
    const tour = new TourService({ project, samples: this.samples, evaluations: this.evaluations, startedBy })
    this.jobs = new JobQueue(
      new ProjectJobStore(repositories.jobs),
      {
        import: this.imports.runJob,
        sample: this.samples.runJob,
        classifier: this.runs.runJob,
        explainer: this.runs.runJob,
        evaluation: this.evaluations.runJob,
        tour: tour.runJob,
      },
      {
        logUnknown: log.unknown,
        onChange: (job: Job) => {
          this.runs.followJob(job)
          this.evaluations.followJob(job, repositories.jobs.input(job.id))
          jobChanges.publish(job)
          onChange({ area: 'jobs', ids: [job.id] })
        },
      },
    )
  }

  async close(): Promise<void> {
    await this.jobs.close()
    this.project.close()
  }
}
