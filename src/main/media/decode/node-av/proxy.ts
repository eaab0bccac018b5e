import { AVERROR_EOF, AVSEEK_FLAG_BACKWARD } from 'node-av/constants'
import { FilterAPI } from 'node-av/api'
import { type CodecContext, FFmpegError, Frame, Packet } from 'node-av/lib'
import type { ClipGeometry, ProxyFile, ProxyPictures } from '@main/media/decode/contract/decoder'
import { clipFilters } from '@main/media/decode/contract/displayed'
import { proxyGroup } from '@main/media/decode/contract/proxy-format'
import { filtered } from './filter'
import { type Input, openDecoder, openInput, streamAt } from './input'

/** A proxy held open. Seeking is exact here: groups are closed, picture i has time i, and there are no B pictures. */
export class NodeAvProxy implements ProxyPictures {
  private readonly packet = new Packet()
  private readonly frame = new Frame()
  private filter: FilterAPI | null = null
  private chain = ''
  /** Ordinal in `frame`, -1 when none. */
  private at = -1
  private ended = false

  private constructor(
    private readonly input: Input,
    private readonly decoder: CodecContext,
    private readonly proxy: ProxyFile,
  ) {
    this.packet.alloc()
    this.frame.alloc()
  }

  static async open(proxy: ProxyFile): Promise<NodeAvProxy> {
    const input = await openInput(proxy.path)
    try {
      return new NodeAvProxy(input, await openDecoder(streamAt(input.format, 0)), proxy)
    } catch (error) {
      input.close()
      throw error
    }
  }

  async read(ordinals: readonly number[], geometry: ClipGeometry, into: Uint8Array): Promise<void> {
    const filter = this.filterFor(geometry)
    const bytes = geometry.width * geometry.height * 3
    let done = -1
    for (const [i, ordinal] of ordinals.entries()) {
      if (ordinal === done) {
        into.copyWithin(i * bytes, (i - 1) * bytes, i * bytes)
        continue
      }
      this.moveTo(ordinal)
      const rgb = filtered(filter, this.frame, ordinal)
      into.set(rgb.toBuffer(), i * bytes)
      rgb.free()
      // The filter graph was given a picture whose time it changed; `at` remembers which it is.
      done = ordinal
    }
  }

  close(): void {
    this.filter?.close()
    this.packet.free()
    this.frame.free()
    this.decoder.freeContext()
    this.input.close()
  }

  private filterFor(geometry: ClipGeometry): FilterAPI {
    const chain = clipFilters(geometry)
    if (this.filter && chain === this.chain) return this.filter
    this.filter?.close()
    this.chain = chain
    this.filter = FilterAPI.create(chain, { threads: 1, framerate: { num: this.proxy.fps, den: 1 } })
    return this.filter
  }

  /** Puts picture `ordinal` into `frame`. */
  private moveTo(ordinal: number): void {
    if (ordinal < 0 || ordinal >= this.proxy.frames) throw new RangeError(`picture ${ordinal} of ${this.proxy.frames}`)
    if (ordinal === this.at) return
    const start = ordinal - (ordinal % proxyGroup)
    if (ordinal < this.at || start > this.at || this.ended) this.seek(start)
    do this.next()
    while (this.at < ordinal)
    if (this.at !== ordinal) throw new Error(`picture ${ordinal} is missing in ${this.proxy.path}`)
  }

  private seek(ordinal: number): void {
    const { format } = this.input
    const timeBase = streamAt(format, 0).timeBase.toDouble()
    const time = BigInt(Math.round(ordinal / this.proxy.fps / timeBase))
    const sought = format.seekFrameSync(0, time, AVSEEK_FLAG_BACKWARD)
    if (sought < 0) throw new Error(`Could not seek in ${this.proxy.path}: ${FFmpegError.strerror(sought)}`)
    this.decoder.flushBuffers()
    this.ended = false
  }

  /** Decodes one picture further and reads its ordinal from its time. */
  private next(): void {
    const timeBase = streamAt(this.input.format, 0).timeBase.toDouble()
    for (;;) {
      this.frame.unref()
      if (this.decoder.receiveFrameSync(this.frame) >= 0) {
        this.at = Math.round(Number(this.frame.bestEffortTimestamp) * timeBase * this.proxy.fps)
        return
      }
      if (this.ended) throw new Error(`${this.proxy.path} ends before the picture that was asked for`)
      const read = this.input.format.readFrameSync(this.packet)
      if (read < 0 && read !== AVERROR_EOF) throw new Error(`${this.proxy.path}: ${FFmpegError.strerror(read)}`)
      this.ended = read < 0
      this.decoder.sendPacketSync(this.ended ? null : this.packet)
      this.packet.unref()
    }
  }
}
