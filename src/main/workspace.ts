import type { Actor } from '@shared/actor'
import type { Frame, JobId, PersonId } from '@shared/ids'
import { AnnotationService } from './annotation/annotation-service'
import { FollowService } from './annotation/follow-service'
import { Campaigns } from './campaigns/campaigns'
import { ExperimentService } from './experiments/experiment-service'
import { ProjectGuidelines } from './guidelines/project-guidelines'
import { DataExportService } from './interchange/export-service'
import { allFormats } from './interchange/formats'
import { DataImportService } from './interchange/import-service'
import { InterchangeService } from './interchange/interchange-service'
import { FormatRegistry } from './interchange/registry'
import { ImportService } from './library/import-service'
import { DividedJobStore } from './jobs/divided-job-store'
import { machineKinds } from './jobs/job-kinds'
import { JobQueue, type QueueHooks, type Runners } from './jobs/job-queue'
import { ProjectJobStore } from './jobs/project-job-store'
import type { RedisJobStore } from './jobs/redis/redis-job-store'
import { LibraryService } from './library/library-service'
import type { VideoSearch } from './library/search/video-search'
import type { Change } from '@shared/contract/system'
import type { VideoId } from '@shared/ids'
import { NamedLabels } from './library/named-labels'
import { WordPictures } from './library/word-pictures'
import type { PeopleOfProject } from './people/people-service'
import type { ProjectOfWorkers } from './machines/studio/machines'
import { WorkDesk } from './machines/studio/work-desk'
import type { Beat } from './machines/wire'
import type { Project } from './project/project'
import { RowWriter } from './project/row-writer'
import type { SmallPicture } from './media/files/small-picture'
import { ProjectMedia } from './media/project-media'
import type { StudioParts } from './studio'
import type { Log } from './system/log'
import { OutcomeFiles } from './films/outcome-files'
import { TubeFilms } from './films/tube-films'
import { EvaluationService } from './evaluation/evaluation-service'
import { ExplanationService } from './explanation/explanation-service'
import { Bundles } from './runs/bundles'
import { ModelExportService } from './runs/model-export-service'
import { ModelImportService } from './runs/model-import-service'
import { RunService } from './runs/run-service'
import { SweepService } from './runs/sweeps/sweep-service'
import { SampleService } from './sample/sample-service'
import { TourService } from './sample/tour-service'
import { WorkService } from './work/work-service'

/** Nobody likes to wait for a window that closes. */
const closingPatienceMs = 3_000

/** An open project and everything that can be done in it. */
export class Workspace {
  readonly library: LibraryService
  readonly pictures: WordPictures
  readonly guidelines: ProjectGuidelines
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
  readonly sweeps: SweepService
  readonly models: ModelImportService
  readonly exports: ModelExportService
  readonly explanations: ExplanationService
  readonly evaluations: EvaluationService
  readonly films: TubeFilms
  readonly outcomeFiles: OutcomeFiles
  readonly experiments: ExperimentService
  readonly media: ProjectMedia
  readonly follow: FollowService
  readonly jobs: JobQueue
  private readonly rows: RowWriter
  private readonly log: Log
  /** What workers on other machines are answered with; null where jobs are done here alone. */
  private readonly desk: WorkDesk | null

  constructor(
    readonly project: Project,
    parts: StudioParts,
    private readonly shared: RedisJobStore | null,
  ) {
    const { media, workers, engine, log, startedBy } = parts
    this.log = log
    const { repositories, folder } = project
    const jobs = () => this.jobs
    const briefly = <T>(action: () => T) => project.briefly(action)
    const write = <T>(action: () => T) => project.write(action)
    this.search = parts.search(project)
    const onChange = this.searched(parts.onChange)
    this.rows = new RowWriter({ briefly, log: log.unknown })
    this.campaigns = new Campaigns(project, this.search, { onChange })
    const bundles = new Bundles(repositories, folder, this.campaigns.layers)
    const known = { isShared: shared !== null, openedAt: Date.now() }
    const learning = {
      ...{ folder, repositories, bundles, write, rows: this.rows },
      ...{ workers, engine, startedBy, known, onChange },
    }
    this.media = new ProjectMedia(project, media)
    this.films = new TubeFilms({ repositories, media, files: this.media })
    this.outcomeFiles = new OutcomeFiles(repositories, this.films)
    this.library = new LibraryService(project, this.search, onChange)
    const maker = {
      frame: (video: VideoId, frame: Frame) => this.media.frame(video, frame),
      small: (bytes: Uint8Array, wanted: SmallPicture) => media.smallPicture(bytes, wanted),
    }
    this.pictures = new WordPictures(project, maker, onChange)
    this.guidelines = new ProjectGuidelines(project, maker.small, onChange)
    const nameOf = (id: PersonId) => repositories.people.all().find((one) => one.id === id)?.name ?? id
    this.annotation = new AnnotationService(project, onChange, nameOf)
    this.follow = new FollowService(project, this.media, this.annotation)
    this.work = new WorkService({ project, search: this.search, onChange, nameOf })
    this.imports = new ImportService({ project, media, library: this.library }, jobs)
    const formats = new FormatRegistry(allFormats)
    this.data = new DataImportService({ project, formats, onChange })
    this.labels = new NamedLabels(project, this.data)
    this.dataExports = new DataExportService({ project, formats })
    this.interchange = new InterchangeService({ project, formats, data: this.data, exports: this.dataExports }, jobs)
    this.runs = new RunService(learning, jobs)
    this.sweeps = new SweepService({ ...learning, runs: this.runs }, jobs)
    this.exports = new ModelExportService(learning, this.runs)
    this.models = new ModelImportService(learning, { library: this.library, runs: this.runs }, jobs)
    this.evaluations = new EvaluationService(learning, this.runs, jobs)
    this.explanations = new ExplanationService(learning, this.runs)
    const { runs, evaluations, explanations } = this
    this.experiments = new ExperimentService({ project, runs, evaluations, explanations, jobs })
    this.samples = new SampleService({ project, workers, imports: this.imports, onChange }, jobs)
    const tour = new TourService({ project, samples: this.samples, evaluations: this.evaluations, startedBy })
    const own = new ProjectJobStore(repositories.jobs, { briefly, write })
    const store = shared ? new DividedJobStore({ kinds: machineKinds, shared, own }) : own
    const works = { classifier: this.runs.work, explainer: this.runs.work, evaluation: this.evaluations.work }
    this.desk = shared && new WorkDesk({ folder, store: shared, works })
    this.jobs = new JobQueue(store, this.runners(tour), this.hooks({ ...parts, onChange }), {
      // A command does what it was asked to, and nothing that others left.
      adopts: startedBy === 'studio',
      elsewhere: shared ? machineKinds : [],
    })
  }

  /** The project as the list of people needs it. */
  get people(): PeopleOfProject {
    const { project } = this.project.repositories
    return { uid: () => project.uid(), keep: (actor) => this.keepPerson(actor) }
  }

  /** Changes reach the search before anybody asks it what they came to. */
  private searched(tell: StudioParts['onChange']): StudioParts['onChange'] {
    return (change: Change) => {
      if (change.area === 'library' || change.area === 'annotation' || change.area === 'work') {
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

  /** The project as workers on other machines need it; null where jobs are done here alone. */
  forWorkers(): ProjectOfWorkers | null {
    const { desk, jobs } = this
    const { project } = this.project.repositories
    const tell = async ({ job, progress }: Beat) => {
      if (job && progress) await jobs.tell(job, progress)
    }
    return desk && { uid: project.uid(), name: project.name(), desk, tell, jobs: () => jobs.list() }
  }

  /** Whether a job lies in a Redis that this studio does not know. */
  isElsewhere(job: JobId): boolean {
    const rows = [...this.runs.list(), ...this.evaluations.list()]
    return rows.some((row) => row.job === job && row.failure?.code === 'JOB_ELSEWHERE')
  }

  private runners(tour: TourService): Runners {
    const { runs, evaluations } = this
    const ofModels: Runners = { classifier: runs.runJob, explainer: runs.runJob, evaluation: evaluations.runJob }
    return {
      import: this.imports.runJob,
      dataImport: this.interchange.runImport,
      dataExport: this.interchange.runExport,
      sample: this.samples.runJob,
      tour: tour.runJob,
      ...(this.shared ? {} : ofModels),
    }
  }

  private hooks({ log, jobChanges, onChange }: Pick<StudioParts, 'log' | 'jobChanges' | 'onChange'>): QueueHooks {
    return {
      logUnknown: log.unknown,
      onChange: (job, payload) => {
        this.runs.followJob(job)
        this.evaluations.followJob(job, payload)
        jobChanges.publish(job)
        onChange({ area: 'jobs', ids: [job.id] })
      },
    }
  }

  async close(): Promise<void> {
    await this.jobs.close()
    await this.shared?.close()
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
