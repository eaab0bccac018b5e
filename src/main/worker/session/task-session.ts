import { join } from 'node:path'
import type { RunId } from '@shared/ids'
import type { OpenedEngine } from '@main/system/engine-service'
import type { EngineInstallation } from '@main/learning/engine/install/ensure-engine'
import { type Engine, openEngine } from '@main/learning/engine/open-engine'
import type { ExplainerModel } from '@main/learning/explainer/explainer-model'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import type { ClipLoader } from '@main/media/clips/clip-loader'
import { openClipLoader } from '@main/media/open-media'
import { openDatabase } from '@main/store/database/database'
import { type Repositories, repositoriesOn } from '@main/store/repositories'
import { loadExplainer } from './explainer-files'
import { type OpenedTarget, openTarget } from './opened-target'
import { RunFolder } from '@main/runs/run-folder'
import type { ExplainerConfig } from '@shared/config/explainer'

interface Kept<Model> {
  key: string
  model: Model
}

/** What the tasks of one worker process share: the engine it opened, its decoding threads, the models it used last. */
export class TaskSession {
  private engine: Promise<Engine> | null = null
  private clips: ClipLoader | null = null
  private lastTarget: Kept<OpenedTarget> | null = null
  private lastExplainer: Kept<{ model: ExplainerModel; config: ExplainerConfig }> | null = null

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

  /** A finished run's classifier, the last one kept ready. It belongs to the session. */
  async target(project: string, run: RunId): Promise<OpenedTarget> {
    const key = join(project, run)
    if (this.lastTarget?.key === key) return this.lastTarget.model
    const model = await openTarget(new RunFolder(project, run).model)
    this.lastTarget?.model.model.dispose()
    this.lastTarget = { key, model }
    return model
  }

  /** A finished run's explainer, for the classifier it explains. */
  explainer(project: string, run: RunId, target: TargetClassifier): { model: ExplainerModel; config: ExplainerConfig } {
    const key = join(project, run)
    if (this.lastExplainer?.key !== key)
      this.lastExplainer = { key, model: loadExplainer(new RunFolder(project, run).model, target) }
    return this.lastExplainer.model
  }

  /** A run has a new model: what is kept of it is old. */
  forget(run: RunId): void {
    if (this.lastExplainer?.key.endsWith(run)) this.lastExplainer = null
    if (!this.lastTarget?.key.endsWith(run)) return
    this.lastTarget.model.model.dispose()
    this.lastTarget = null
  }
}
