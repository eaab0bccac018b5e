import type { RunId } from '@shared/ids'
import type { OpenedEngine } from '@main/system/engine-service'
import type { EngineInstallation } from '@main/learning/engine/install/ensure-engine'
import { type Engine, openEngine } from '@main/learning/engine/open-engine'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import type { ClipLoader } from '@main/media/clips/clip-loader'
import { openClipLoader } from '@main/media/open-media'
import { loadExplainer, type OpenedExplainer } from './explainer-files'
import { type OpenedTarget, openTarget } from './opened-target'
import type { FilesPort } from './files-port'

interface Kept<Model> {
  key: string
  model: Model
}

/** Clips whose features are kept for the next question about them. */
const clipsKept = 4

/** What the tasks of one worker process share: the engine it opened, its decoding threads, the models it used last. */
export class TaskSession {
  private engine: Promise<Engine> | null = null
  private clips: ClipLoader | null = null
  private lastTarget: Kept<OpenedTarget> | null = null
  /** By model and clip, the oldest first. */
  private readonly seen = new Map<string, unknown>()
  private lastExplainer: Kept<OpenedExplainer> | null = null

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

  /** A finished run's classifier, the last one kept ready. It belongs to the session. */
  async target(files: FilesPort, run: RunId): Promise<OpenedTarget> {
    const key = files.run(run).model
    if (this.lastTarget?.key === key) return this.lastTarget.model
    const model = await openTarget(key)
    this.lastTarget?.model.model.dispose()
    this.lastTarget = { key, model }
    this.seen.clear()
    return model
  }

  /**
   * What the classifier opened last makes of a clip: looked at once, however many questions are asked about it. The last
   * few clips are kept.
   */
  async seenOnce<T>(clip: string, look: () => Promise<T>): Promise<T> {
    const key = `${this.lastTarget?.key} ${clip}`
    const known = this.seen.get(key)
    if (known !== undefined) return known as T
    const found = await look()
    this.seen.set(key, found)
    const [oldest] = this.seen.keys()
    if (oldest !== undefined && this.seen.size > clipsKept) this.seen.delete(oldest)
    return found
  }

  /** A finished run's explainer, for the classifier it explains. */
  explainer(files: FilesPort, run: RunId, target: TargetClassifier): OpenedExplainer {
    const key = files.run(run).model
    if (this.lastExplainer?.key !== key) this.lastExplainer = { key, model: loadExplainer(key, target) }
    return this.lastExplainer.model
  }

  /** A run has a new model: what is kept of it is old. */
  forget(run: RunId): void {
    if (this.lastExplainer?.key.includes(run)) this.lastExplainer = null
    if (!this.lastTarget?.key.includes(run)) return
    this.lastTarget.model.model.dispose()
    this.lastTarget = null
    this.seen.clear()
  }
}
