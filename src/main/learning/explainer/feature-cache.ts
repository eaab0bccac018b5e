import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClipFeatures } from './clip-features'
import { type NpyArray, readNpy, writeNpy } from '@main/learning/npy'

export interface FeatureCacheOptions {
  /** A folder of its own below this one holds the features of each key. */
  folder: string
  /** Everything that features depend on, whatever it is: the classifier's weights, how clips are cut, the precision. */
  upstream: Readonly<Record<string, unknown>>
  precision: 'fp32' | 'fp16'
  /** [T, rows, cols, d] of each tap. */
  shapes: readonly (readonly number[])[]
}

/**
 * h(x) and p(c|x) of clips on disk, as .npy files: training an explanation never runs the classifier twice.
 * When anything upstream changes, so does the key, and nothing stale is ever read.
 */
export class FeatureCache {
  private readonly folder: string

  constructor(private readonly options: FeatureCacheOptions) {
    const { folder, upstream, precision } = options
    this.folder = join(folder, featureKey({ ...upstream, precision }))
  }

  /** @param clip says which clip, window included; a hash of it is the file's name. Null where it is not kept, or damaged */
  read(clip: string): ClipFeatures | null {
    const { shapes } = this.options
    const maps = shapes.map((shape, tap) =>
      this.array(
        this.file(clip, `tap${tap}`),
        shape.reduce((a, b) => a * b, 1),
      ),
    )
    const probabilities = this.array(this.file(clip, 'probabilities'), null)
    if (!probabilities || maps.some((map) => map === null)) return null
    return { maps: maps.flatMap((map) => (map ? [map.values] : [])), probabilities: probabilities.values }
  }

  write(clip: string, { maps, probabilities }: ClipFeatures): void {
    mkdirSync(this.folder, { recursive: true })
    const { shapes, precision } = this.options
    for (const [tap, values] of maps.entries())
      this.put(this.file(clip, `tap${tap}`), writeNpy({ shape: shapes[tap] ?? [values.length], values }, precision))
    // Last, and always exact: a clip without its probabilities counts as not kept.
    const said = { shape: [probabilities.length], values: probabilities }
    this.put(this.file(clip, 'probabilities'), writeNpy(said, 'fp32'))
  }

  private array(file: string, count: number | null): NpyArray | null {
    const array = existsSync(file) ? readNpy(readFileSync(file)) : null
    return array && (count === null || array.values.length === count) ? array : null
  }

  /** Whole or not at all, also after a loss of power: its bytes are on the disk before its name is. */
  private put(file: string, bytes: Buffer): void {
    const unfinished = `${file}.${process.pid}.part`
    writeFileSync(unfinished, bytes, { flush: true })
    renameSync(unfinished, file)
  }

  private file(clip: string, part: string): string {
    return join(this.folder, `${shortHash(clip)}.${part}.npy`)
  }
}

/** A name that changes when any value does, whatever the order of the names. */
export function featureKey(upstream: Readonly<Record<string, unknown>>): string {
  const sorted = Object.entries(upstream).sort(([a], [b]) => (a < b ? -1 : 1))
  return shortHash(JSON.stringify(sorted))
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24)
}
