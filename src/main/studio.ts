import { existsSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Job } from '@shared/contract/jobs'
import type { Backup, ProjectInfo, RecentProject } from '@shared/contract/project'
import type { Change } from '@shared/contract/system'
import { Failure } from '@shared/failures'
import type { JobId } from '@shared/ids'
import { Reach } from './files/reach'
import { EngineService } from './system/engine-service'
import { Feed } from './jobs/feed'
import { JobQueue } from './jobs/job-queue'
import { RedisJobStore } from './jobs/redis/redis-job-store'
import { MemoryJobStore } from './jobs/memory-job-store'
import { JoinedJobs } from './jobs/joined-jobs'
import { LocalSearch } from './library/search/local-search'
import { ThreadSearch } from './library/search/thread-search'
import type { VideoSearch } from './library/search/video-search'
import { Machines } from './machines/studio/machines'
import { WorkerToken } from './machines/studio/worker-token'
import { MediaPool } from './media/media-pool'
import { MediaService } from './media/media-service'
import { PeopleService } from './people/people-service'
import type { StartProcess } from './process/process-channel'
import { homeFolder } from './project/home-folder'
import { Backups } from './project/backups'
import { ProjectPaths } from './project/project-paths'
import { unpackProject } from './interchange/archive'
import { type Project, createProject, openProject } from './project/project'
import { LastProject } from './project/last-project'
import { RecentProjects } from './project/recent-projects'
import type { LocalApi } from './store/database/lock-holder'
import { openAccess } from './store/access/access-database'
import { AccessRepository } from './store/access/access-repository'
import { sqliteVersion } from './store/database/sqlite-version'
import { type DoctorReport, examine, studioVersion } from './system/doctor'
import { type Log, openLog } from './system/log'
import { Workers } from './runs/workers'
import { Workspace } from './workspace'

export interface StudioOptions {
  /** Settings, logs, the quick tour; where the system keeps such things when left out. */
  home?: string
  /** Starts out/main/<name>.js in the host's own way; `onOutput` hears what it writes. */
  start: (name: 'worker' | 'decoder', onOutput: (text: string) => void) => StartProcess
  startedBy: 'studio' | 'terminal'
  /** The built search-thread.js, for hosts that answer several at once; without it searches run in this thread. */
  searchThread?: string
  /** Which paths calls may name; whatever the account may, when left out. */
  reach?: Reach
  /** Address of a Redis where jobs of models lie for workers on any machine; they are done here when left out. */
  redis?: string
}

/** What the studio's parts are made of, for those that need more than one of them. */
export interface StudioParts {
  media: MediaService
  workers: Workers
  engine: EngineService
  log: Log
  startedBy: 'studio' | 'terminal'
  search: (project: Project) => VideoSearch
  /** Where jobs lie that other machines do; null where they are done here. */
  sharedJobs: (project: Project) => Promise<RedisJobStore | null>
  /** Changes of jobs of the open project. */
  jobChanges: Feed<Job>
  onChange: (change: Change) => void
}

/** The studio behind every host: one project open at a time, one engine, one list of work. */
export class Studio {
  readonly jobs: JoinedJobs
  /** Who may come in, over whichever host. */
  readonly people: PeopleService
  /** Workers on other machines. */
  readonly machines: Machines
  private open_: Workspace | null = null
  private api: LocalApi | null = null

  constructor(
    private readonly parts: StudioParts,
    private readonly own: {
      home: string
      jobs: JobQueue
      recent: RecentProjects
      last: LastProject
      access: AccessRepository
      reach: Reach
      isShared: boolean
    },
    readonly changes: Feed<Change>,
  ) {
    this.jobs = new JoinedJobs(own.jobs, {
      project: () => this.open_?.jobs ?? null,
      isElsewhere: (id) => this.open_?.isElsewhere(id) ?? false,
      changes: parts.jobChanges,
    })
    this.people = new PeopleService(
      own.access,
      () => this.open_?.people ?? null,
      () => parts.onChange({ area: 'people', ids: [] }),
    )
    this.machines = new Machines({
      ...{ version: studioVersion(), isShared: own.isShared, onChange: parts.onChange },
      project: () => this.open_?.forWorkers() ?? null,
    })
  }

  get log(): Log {
    return this.parts.log
  }

  /** Which paths of this machine calls may name. */
  get reach(): Reach {
    return this.own.reach
  }

  /** What workers show to be let in. */
  workerToken(): WorkerToken {
    return WorkerToken.in(this.own.home)
  }

  get engine(): EngineService {
    return this.parts.engine
  }

  get media(): MediaService {
    return this.parts.media
  }

  get workers(): Workers {
    return this.parts.workers
  }

  /** Looks for the engine now, so that it is there when somebody trains. The window does not wait for it. */
  begin(): void {
    void this.parts.engine.ready().catch((error: unknown) => this.log.unknown(error, 'engine'))
  }

  /** The services of the open project. Throws Failure NO_PROJECT. */
  workspace(): Workspace {
    if (!this.open_) throw new Failure('NO_PROJECT', {})
    return this.open_
  }

  /** Says, beside the lock of whichever project is open, where other programs of this user can ask the studio. */
  answerAt(api: LocalApi | null): void {
    this.api = api
    this.open_?.project.announce(api)
  }

  current(): ProjectInfo | null {
    return this.open_?.project.info() ?? null
  }

  recent(): RecentProject[] {
    return this.own.recent.list()
  }

  async create(path: string, name?: string): Promise<ProjectInfo> {
    return this.use(createProject(path, name))
  }

  async open(path: string): Promise<ProjectInfo> {
    const open = this.open_?.project
    if (open && isSameFolder(open.folder, path)) {
      if (open.isInPlace) return open.info()
      // Another one lies in its place, as when the folder was put back out of a copy. Without one, the open one stays.
      if (existsSync(open.paths.database)) await this.closeProject()
    }
    return this.use(openProject(path))
  }

  /** Rejects with what `unpackProject` and opening reject with. */
  async unpack(archive: string, path: string): Promise<ProjectInfo> {
    await unpackProject(archive, path)
    return this.open(path)
  }

  /** Opens what was open when the studio ended last; one that does not open any more is left, and said in the log. */
  async openLast(): Promise<void> {
    const folder = this.own.last.folder()
    if (!folder) return
    try {
      await this.open(folder)
    } catch (error) {
      this.log.unknown(error, 'the project that was open last')
    }
  }

  /** Closes the project for good: the next start opens none. */
  async leaveProject(): Promise<void> {
    await this.closeProject()
    this.own.last.keep(null)
  }

  /** Writes the open project, whose folder is gone, into an empty one and opens it there. Rejects as `Project.saveTo`. */
  async saveElsewhere(path: string): Promise<ProjectInfo> {
    await this.workspace().project.saveTo(path)
    return this.open(path)
  }

  /** Backups of a project, newest first, also of one that does not open any more. */
  backups(path: string): Backup[] {
    return new Backups(new ProjectPaths(path)).list()
  }

  /** Puts a backup in the place of a project and opens it. What stood there is kept as a backup too. */
  async restore(path: string, backup: string): Promise<ProjectInfo> {
    const isOpen = this.open_ !== null && isSameFolder(this.open_.project.folder, path)
    if (isOpen) await this.closeProject()
    new Backups(new ProjectPaths(path)).restore(backup)
    return this.open(path)
  }

  private async closeProject(): Promise<void> {
    const open = this.open_
    if (!open) return
    this.open_ = null
    await open.close()
    this.parts.onChange({ area: 'project', ids: [] })
  }

  /** Opens the quick tour, making it first where it is not there or was left unfinished. */
  async tour(): Promise<{ project: ProjectInfo; job: JobId | null }> {
    const folder = join(this.own.home, 'quick-tour')
    if (existsSync(join(folder, 'project.db'))) {
      const project = await this.open(folder)
      const { jobs } = this.workspace()
      const made = (await jobs.list()).find(({ kind }) => kind === 'tour')
      if (made?.state === 'done') return { project, job: null }
      if (made && jobs.isDoing(made.id)) return { project, job: made.id }
      // Cut off in the middle: making it again is quicker than finding out what is missing.
      await this.closeProject()
    }
    await rm(folder, { recursive: true, force: true })
    const project = await this.create(folder, 'Quick tour')
    const job = await this.workspace().jobs.start({ kind: 'tour', title: 'Making the quick tour', payload: null })
    return { project, job: job.id }
  }

  /** Says to every window that something nobody foresaw went wrong, under the id of its log entry. */
  tellTrouble(id: string): void {
    this.parts.onChange({ area: 'trouble', ids: [id] })
  }

  doctor(): Promise<DoctorReport> {
    return examine(this.parts.engine.report(), this.parts.media, sqliteVersion())
  }

  /** Puts everything away: work that runs is interrupted and can go on at the next start. */
  async close(): Promise<void> {
    await this.closeProject()
    await this.own.jobs.close()
    this.parts.workers.close()
    this.parts.media.close()
    this.people.close()
    this.parts.log.close()
  }

  /** Beside everything else: one look at the disk a video takes a while in a large project. */
  private lookForMoved(workspace: Workspace): void {
    workspace.library.findMoved().catch((error: unknown) => {
      if (this.open_ === workspace) this.log.unknown(error, 'looking for moved videos')
    })
  }

  /** Throws Failure QUEUE_AWAY; the project is closed then. */
  private async sharedJobs(project: Project): Promise<RedisJobStore | null> {
    try {
      return await this.parts.sharedJobs(project)
    } catch (error) {
      project.close()
      throw error
    }
  }

  private async use(project: Project): Promise<ProjectInfo> {
    await this.closeProject()
    this.open_ = new Workspace(project, this.parts, await this.sharedJobs(project))
    project.announce(this.api)
    const info = project.info()
    if (project.backupProblem) this.log.unknown(project.backupProblem, 'backup of the day')
    const forgotten = this.own.recent.add(info)
    if (forgotten) this.log.unknown(forgotten, 'list of recent projects')
    this.parts.onChange({ area: 'project', ids: [] })
    if (this.parts.startedBy === 'studio') {
      this.own.last.keep(info.path)
      this.lookForMoved(this.open_)
    }
    return info
  }
}

/** A slash at the end or a link on the way: it is the same project, and no other program holds it. */
function isSameFolder(a: string, b: string): boolean {
  const [one, other] = [a, b].map((path) => statSync(path, { throwIfNoEntry: false }))
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev
}

/** The composition root: builds each part once and hands it what it needs. No project is open yet. */
export function openStudio(options: StudioOptions): Studio {
  const { home = homeFolder(process.env), start, startedBy, searchThread, redis } = options
  const { reach = new Reach({ roots: [], ownerEverywhere: true }) } = options
  const log = openLog(join(home, 'logs'))
  const changes = new Feed<Change>()
  const jobChanges = new Feed<Job>()
  const onChange = (change: Change) => changes.publish(change)
  const process_ = (name: 'worker' | 'decoder') => start(name, (text) => log.output(name, text))
  const media = new MediaService(new MediaPool(process_('decoder')))
  const workers = new Workers(process_('worker'))
  const hooks = {
    logUnknown: log.unknown,
    onChange: (job: Job) => {
      jobChanges.publish(job)
      onChange({ area: 'engine', ids: [] })
    },
  }
  const jobs: JobQueue = new JobQueue(new MemoryJobStore(), { engine: (context) => engine.runJob(context) }, hooks)
  const engine: EngineService = new EngineService({
    jobs,
    open: (installation) => workers.open(installation),
    onInstalled: () => workers.renew(),
    onChange: () => onChange({ area: 'engine', ids: [] }),
  })
  const search = ({ paths, repositories }: Project) =>
    searchThread ? new ThreadSearch(searchThread, paths.database) : new LocalSearch(repositories.search)
  const sharedJobs = async ({ repositories }: Project) => {
    const name = repositories.project.uid()
    const onError = (error: unknown) => void log.unknown(error, 'Redis')
    return redis === undefined ? null : RedisJobStore.open({ url: redis, name, onError })
  }
  const parts: StudioParts = { media, workers, engine, log, startedBy, search, sharedJobs, jobChanges, onChange }
  const isShared = redis !== undefined
  const access = openAccess(home)
  if (access.forgotten) log.unknown(access.forgotten, 'links and sessions are forgotten with this start')
  return new Studio(
    parts,
    {
      home,
      jobs,
      recent: new RecentProjects(home),
      last: new LastProject(home),
      access: new AccessRepository(access),
      reach,
      isShared,
    },
    changes,
  )
}
