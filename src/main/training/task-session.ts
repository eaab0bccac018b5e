import { join } from 'node:path'
import type { OpenedEngine } from '../jobs/engine-service'
import type { EngineInstallation } from '../learning/engine/install/ensure-engine'
import { type Engine, openEngine } from '../learning/engine/open-engine'
import type { ClipLoader } from '../media/clip-loader'
import { openClipLoader } from '../media/open-media'
import { openDatabase } from '../store/database'
import { type Repositories, repositoriesOn } from '../store/repositories'

/** What the tasks of one worker process share: the engine it opened, its decoding threads, the model it used last. */
export class TaskSession {
  private engine: Promise<Engine> | null = null
  private clips: ClipLoader | null = null

  /** Opens the engine, once per process. */
  openEngine(installation: EngineInstallation | undefined): Promise<Engine> {
    this.engine ??= openEngine({ installation })
    return this.engine
  }

  /** What this process computes with. */
  async openedEngine(): Promise<OpenedEngine> {
    const { backend, version, device, reason, cores, instructionSets } = await this.openEngine(undefined)
    return { backend, version, device, reason, cores, instructionSets: [...instructionSets] }
  }

  /** Clips on threads that stay. */
  loader(): ClipLoader {
    this.clips ??= openClipLoader('auto')
    return this.clips
  }

  /** Reads the project's database as it is now; nothing is written. */
  async reading<T>(project: string, action: (repositories: Repositories) => Promise<T> | T): Promise<T> {
    const database = openDatabase(join(project, 'project.db'), { readonly: true })
    try {
      return await action(repositoriesOn(database.db))
    } finally {
      database.close()
    }
  }
}
