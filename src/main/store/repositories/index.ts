import type { Db } from '@main/store/database/database'
import { AnswerRepository } from './answer-repository'
import { AttributeRepository } from './attribute-repository'
import { CampaignRepository } from './campaign-repository'
import { CampaignWorkRepository } from './campaign-work-repository'
import { ClassRepository } from './class-repository'
import { EditRepository } from './edit-repository'
import { EvaluationRepository } from './evaluation-repository'
import { JobRepository } from './job-repository'
import { LabelRepository } from './label-repository'
import { LayerRepository } from './layer-repository'
import { PersonRepository } from './person-repository'
import { PictureRepository } from './picture-repository'
import { ProjectRepository } from './project-repository'
import { RunRepository } from './run-repository'
import { SearchRepository } from './search-repository'
import { SpanRepository } from './span-repository'
import { SweepRepository } from './sweep-repository'
import { TrackRepository } from './track-repository'
import { TrainingDataRepository } from './training-data-repository'
import { VideoRepository } from './video-repository'
import { WorkQueueRepository } from './work-queue-repository'
import { WorkRepository } from './work-repository'

/** Everything that is stored, by area; SQL is written nowhere else. */
export interface Repositories {
  project: ProjectRepository
  people: PersonRepository
  classes: ClassRepository
  attributes: AttributeRepository
  /** Of words and guidelines. */
  pictures: PictureRepository
  videos: VideoRepository
  answers: AnswerRepository
  /** What the answers come to. */
  labels: LabelRepository
  tracks: TrackRepository
  spans: SpanRepository
  trainingData: TrainingDataRepository
  work: WorkRepository
  queues: WorkQueueRepository
  campaigns: CampaignRepository
  /** What people were given in campaigns, and what they said of it. */
  campaignWork: CampaignWorkRepository
  /** What the answers of campaigns come to. */
  layers: LayerRepository
  jobs: JobRepository
  runs: RunRepository
  sweeps: SweepRepository
  evaluations: EvaluationRepository
  edits: EditRepository
  search: SearchRepository
}

export function repositoriesOn(db: Db): Repositories {
  return {
    project: new ProjectRepository(db),
    people: new PersonRepository(db),
    classes: new ClassRepository(db),
    attributes: new AttributeRepository(db),
    pictures: new PictureRepository(db),
    videos: new VideoRepository(db),
    answers: new AnswerRepository(db),
    labels: new LabelRepository(db),
    tracks: new TrackRepository(db),
    spans: new SpanRepository(db),
    trainingData: new TrainingDataRepository(db),
    work: new WorkRepository(db),
    queues: new WorkQueueRepository(db),
    campaigns: new CampaignRepository(db),
    campaignWork: new CampaignWorkRepository(db),
    layers: new LayerRepository(db),
    jobs: new JobRepository(db),
    runs: new RunRepository(db),
    sweeps: new SweepRepository(db),
    evaluations: new EvaluationRepository(db),
    edits: new EditRepository(db),
    search: new SearchRepository(db),
  }
}
