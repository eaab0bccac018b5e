import type { Actor } from '@shared/actor'
import type { Job } from '@shared/contract/jobs'
import type { PersonId } from '@shared/ids'
import { AnnotationService } from './annotation/annotation-service'
import { Campaigns } from './campaigns/campaigns'
import { ExperimentService } from './experiments/experiment-service'
import { DataExportService } from './interchange/export-service'
import { allFormats } from './interchange/formats'
import { DataImportService } from './interchange/import-service'
import { InterchangeService } from './interchange/interchange-service'
import { FormatRegistry } from './interchange/registry'
import { ImportService } from './library/import-service'
import { JobQueue } from './jobs/job-queue'
import { ProjectJobStore } from './jobs/project-job-store'
import { LibraryService } from './library/library-service'
import type { VideoSearch } from './library/search/video-search'
import type { Change } from '@shared/contract/system'
import type { VideoId } from '@shared/ids'
import { NamedLabels } from './library/named-labels'
import type { PeopleOfProject } from './people/people-service'
import type { Project } from './project/project'
import { RowWriter } from './project/row-writer'
import { ProjectMedia } from './media/project-media'
import type { StudioParts } from './studio'
import type { Log } from './system/log'
import { EvaluationService } from './evaluation/evaluation-service'
import { ExplanationService } from './explanation/explanation-service'
import { Bundles } from './runs/bundles'
import { ModelExportService } from './runs/model-export-service'
import { ModelImportService } from './runs/model-import-service'
import { RunService } from './runs/run-service'
import { SampleService } from './sample/sample-service'
import { TourService } from './sample/tour-service'
import { WorkService } from './work/work-service'

/** Nobody likes to wait for a window that closes. */
const closingPatienceMs = 3_000

/** An open project and everything that can be done in it. */
export class Workspace {
  readonly library: LibraryService
  readonly search: VideoSearch
  readonly annotation: AnnotationService
  readonly work: WorkService
  readonly campaigns: Campaigns
  readonly imports: ImportService
  readonly labels: NamedLabels
  readonly data: DataImportService
  readonly dataExports: DataExportService
  readonly interchange: InterchangeService
  readonly samples: SampleService
  readonly runs: RunService
  readonly models: ModelImportService
  readonly exports: ModelExportService
  readonly explanations: ExplanationService
  readonly evaluations: EvaluationService
  readonly experiments: ExperimentService
  readonly media: ProjectMedia
  readonly jobs: JobQueue
  private readonly rows: RowWriter
  private readonly log: Log

  constructor(
    readonly project: Project,
    parts: StudioParts,
  ) {
    const { media, workers, engine, log, startedBy, jobChanges } = parts
    this.log = log
    const { repositories, folder } = project
    const jobs = () => this.jobs
    const briefly = <T>(action: () => T) => project.briefly(action)
    const write = <T>(action: () => T) => project.write(action)
    this.search = parts.search(project)
    const onChange = this.searched(parts.onChange)
    this.rows = new RowWriter({ briefly, log: log.unknown })
    const bundles = new Bundles(repositories, folder)
    const learning = { folder, repositories, bundles, write, rows: this.rows, workers, engine, startedBy, onChange }
    this.media = new ProjectMedia(project, media)
    this.library = new LibraryService(project, this.search, onChange)
    const nameOf = (id: PersonId) => repositories.people.all().find((one) => one.id === id)?.name ?? id
    this.annotation = new AnnotationService(project, onChange, nameOf)
    this.work = new WorkService({ project, search: this.search, onChange, nameOf })
    this.campaigns = new Campaigns(project, this.search, { onChange })
    this.imports = new ImportService({ project, media, library: this.library }, jobs)
    const formats = new FormatRegistry(allFormats)
    this.data = new DataImportService({ project, formats, onChange })
    this.labels = new NamedLabels(project, this.data)
    this.dataExports = new DataExportService({ project, formats })
    this.interchange = new InterchangeService({ formats, data: this.data, exports: this.dataExports }, jobs)
    this.runs = new RunService(learning, jobs)
    this.exports = new ModelExportService(learning, this.runs)
    this.models = new ModelImportService(learning, { library: this.library, runs: this.runs }, jobs)
    this.evaluations = new EvaluationService(learning, this.runs, jobs)
    this.explanations = new ExplanationService(learning, this.runs)
    const { runs, evaluations, explanations } = this
    this.experiments = new ExperimentService({ project, runs, evaluations, explanations, jobs })
    this.samples = new SampleService({ project, workers, imports: this.imports, onChange }, jobs)
    const tour = new TourService({ project, samples: this.samples, evaluations: this.evaluations, startedBy })
    this.jobs = new JobQueue(
      new ProjectJobStore(repositories.jobs, { briefly, write }),
      {
        import: this.imports.runJob,
        dataImport: this.interchange.runImport,
        dataExport: this.interchange.runExport,
        sample: this.samples.runJob,
        classifier: this.runs.runJob,
        explainer: this.runs.runJob,
        evaluation: this.evaluations.runJob,
        tour: tour.runJob,
      },
      {
        logUnknown: log.unknown,
        onChange: (job: Job, payload: unknown) => {
          this.runs.followJob(job)
          this.evaluations.followJob(job, payload)
          jobChanges.publish(job)
          onChange({ area: 'jobs', ids: [job.id] })
        },
      },
      // A command does what it was asked to, and nothing that others left.
      { adopts: startedBy === 'studio' },
    )
  }

  /** The project as the list of people needs it. */
  get people(): PeopleOfProject {
    const { project } = this.project.repositories
    return { uid: () => project.uid(), keep: (actor) => this.keepPerson(actor) }
  }

  /** Changes reach the search before anybody asks it what they came to. */
  private searched(tell: StudioParts['onChange']): StudioParts['onChange'] {
    return (change: Change) => {
      if (change.area === 'library' || change.area === 'annotation') {
        this.search.changed(change.ids as VideoId[])
        this.campaigns.mayGrow()
      }
      tell(change)
    }
  }

  /** Beside the answer: a name that is not written now is written when its person comes again. */
  private keepPerson(actor: Actor): void {
    const { people } = this.project.repositories
    this.project
      .write(() => people.put(actor))
      .catch((error: unknown) => this.log.unknown(error, 'the name of a person'))
  }

  async close(): Promise<void> {
    await this.jobs.close()
    try {
      await this.rows.flush(closingPatienceMs)
    } catch (error) {
      this.log.unknown(error, 'rows that were not written before the project was closed')
    }
    this.campaigns.close()
    await this.search.close()
    this.project.close()
  }
}
