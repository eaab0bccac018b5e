import { basename } from 'node:path'
import { featuresOf, inputOf } from '@main/explanation/classify'
import type { ClipFeatures, FeatureSource } from '@main/learning/explainer/clip-features'
import type { FeatureCache } from '@main/learning/explainer/feature-cache'
import type { TargetClassifier } from '@main/learning/target/target-classifier'
import type { ProjectClips } from './project-clips'

/** The window that explanations speak of: the middle one. */
export const middleWindow = { kind: 'window', index: 0, of: 1 } as const

/** Clips in one forward pass. */
const batchSize = 8

export interface ComputedFeaturesOptions {
  budgetBytes: number
  /** Where features are kept from run to run; null keeps them in memory only. */
  cache: FeatureCache | null
}

/** Features of a data set as the frozen classifier gives them, kept in memory as far as the budget goes, and on disk. */
export class ComputedFeatures implements FeatureSource {
  readonly count: number
  private readonly kept = new Map<number, ClipFeatures>()
  private bytes = 0

  constructor(
    private readonly target: TargetClassifier,
    private readonly clips: ProjectClips,
    private readonly options: ComputedFeaturesOptions,
  ) {
    this.count = clips.count
  }

  async get(i: number): Promise<ClipFeatures> {
    const known = this.kept.get(i)
    if (known) return known
    const [features] = await this.compute([i])
    if (!features) throw new RangeError(`there is no clip ${i}`)
    return features
  }

  /** Computes what fits the budget, some clips at a time. */
  async fill(signal: AbortSignal, onProgress: (done: number, total: number) => void): Promise<void> {
    for (let from = 0; from < this.count && this.bytes < this.options.budgetBytes; from += batchSize) {
      signal.throwIfAborted()
      const indices = Array.from({ length: Math.min(batchSize, this.count - from) }, (_, i) => from + i)
      const features = await this.compute(indices)
      features.forEach((found, i) => this.keep(from + i, found))
      onProgress(from + indices.length, this.count)
    }
  }

  private keep(i: number, features: ClipFeatures): void {
    this.kept.set(i, features)
    this.bytes += features.maps.reduce((sum, map) => sum + map.byteLength, 0)
  }

  private async compute(indices: readonly number[]): Promise<ClipFeatures[]> {
    const { cache } = this.options
    const known = indices.map((i) => cache?.read(this.clipName(i)) ?? null)
    const missing = indices.filter((_, k) => known[k] === null)
    const computed = missing.length > 0 ? await this.forward(missing) : []
    const kept = new Map(computed.map((features, k) => [missing[k], this.stored(missing[k] ?? 0, features)]))
    return indices.flatMap((i, k) => known[k] ?? kept.get(i) ?? [])
  }

  /** As the next run will read them: the first run must not train on finer numbers than the second. */
  private stored(i: number, features: ClipFeatures): ClipFeatures {
    const { cache } = this.options
    if (!cache) return features
    const name = this.clipName(i)
    cache.write(name, features)
    return cache.read(name) ?? features
  }

  /** Says which pixels the clip is made of. */
  private clipName(i: number): string {
    const { path, frames } = this.clips.rows[i]?.video ?? { path: '', frames: 0 }
    return JSON.stringify([basename(path), frames, middleWindow, this.clips.frames(i, middleWindow)])
  }

  private async forward(indices: readonly number[]): Promise<ClipFeatures[]> {
    const { pixels, count } = await this.clips.read(indices, middleWindow)
    const size = pixels.length / count
    const inputs = indices.map((_, i) => inputOf(this.target, pixels.subarray(i * size, (i + 1) * size)))
    return featuresOf(this.target, inputs)
  }
}
