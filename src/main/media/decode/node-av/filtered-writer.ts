import { FilterAPI } from 'node-av/api'
import type { Frame } from 'node-av/lib'
import type { EncodePlan } from '@main/media/decode/contract/decoder'
import { FileEncoder } from './encoder'
import { filtered } from './filter'

/** Filters pictures and writes them to a file, which is created with the first. */
export class FilteredWriter {
  private readonly filter: FilterAPI
  private encoder: FileEncoder | null = null
  private count = 0

  constructor(
    private readonly plan: EncodePlan,
    chain: string,
  ) {
    this.filter = FilterAPI.create(chain, { threads: 1 })
  }

  /** Writes one picture; changes its time, leaves freeing to the caller. */
  async write(frame: Frame): Promise<void> {
    const ready = filtered(this.filter, frame, this.count++)
    try {
      this.encoder ??= await FileEncoder.open(this.plan, ready)
      this.encoder.write(ready)
    } finally {
      ready.free()
    }
  }

  /** Ends the file. Returns the number of pictures; without any there is no file. */
  async finish(): Promise<number> {
    await this.encoder?.finish()
    this.encoder = null
    return this.count
  }

  /** Frees everything; a file that was not finished stays as it is, unfinished. */
  close(): void {
    this.encoder?.close()
    this.filter.close()
  }
}
