import { Failure } from '@shared/failures'
import type { Detection, Format } from './format'
import { type Source, sampleOf } from './source/source'

/** A format that may fit a file, and why. */
export interface Candidate extends Detection {
  format: Format
}

/** The formats there are. */
export class FormatRegistry {
  constructor(readonly formats: readonly Format[]) {}

  /** Throws Failure UNKNOWN_NAME. */
  get(name: string): Format {
    const format = this.formats.find((one) => one.name === name.toLowerCase())
    if (format) return format
    const known = this.formats.map((one) => one.name)
    throw new Failure('UNKNOWN_NAME', { kind: 'format', name, known })
  }

  /** Formats that can read a source, the surest first; of equals, the one listed first. */
  async candidates(source: Source): Promise<Candidate[]> {
    const sample = await sampleOf(source)
    return this.readable
      .flatMap((format) => {
        const found = format.detect(sample)
        return found && found.confidence > 0 ? [{ format, ...found }] : []
      })
      .sort((a, b) => b.confidence - a.confidence)
  }

  /** The format asked for, or (auto) the one that fits best. Rejects with Failure FORMAT_UNKNOWN or UNKNOWN_NAME. */
  async choose(source: Source, name: string): Promise<Candidate> {
    if (name !== 'auto') return { format: this.get(name), confidence: 1, why: 'it was asked for' }
    const [best] = await this.candidates(source)
    if (best) return best
    throw new Failure('FORMAT_UNKNOWN', { path: source.name, known: this.readable.map((one) => one.name) })
  }

  private get readable(): Format[] {
    return this.formats.filter(({ read }) => read !== null)
  }
}
