import type { ClipGeometry, ProxyFile, ProxyPictures } from '@main/media/decode/contract/decoder'
import { clipFilters } from '@main/media/decode/contract/displayed'
import { proxyGroup } from '@main/media/decode/contract/proxy-format'
import type { FfmpegRunner } from './ffmpeg-program'

/** Decoding on costs less than starting a program up to about this many pictures. */
const runLength = 20 * proxyGroup

/** Exact pictures of a proxy by one ffmpeg run per stretch of neighbouring ordinals. Nothing is held open. */
export class FfmpegProxy implements ProxyPictures {
  constructor(
    private readonly runner: FfmpegRunner,
    private readonly proxy: ProxyFile,
  ) {}

  async read(ordinals: readonly number[], geometry: ClipGeometry, into: Uint8Array): Promise<void> {
    const beyond = ordinals.find((ordinal) => ordinal < 0 || ordinal >= this.proxy.frames)
    if (beyond !== undefined) throw new RangeError(`picture ${beyond} of ${this.proxy.frames}`)
    let at = 0
    for (const stretch of stretches(ordinals)) {
      await this.readStretch(stretch, geometry, into.subarray(at * geometry.width * geometry.height * 3))
      at += stretch.length
    }
  }

  close(): void {}

  private async readStretch(ordinals: readonly number[], geometry: ClipGeometry, into: Uint8Array): Promise<void> {
    const first = ordinals[0] ?? 0
    const last = ordinals.at(-1) ?? 0
    const bytes = geometry.width * geometry.height * 3
    const run = this.runner.start([
      ...['-nostdin', '-loglevel', 'level+error', '-threads', '1', '-protocol_whitelist', 'file'],
      // Half a picture early: the first picture at or after it is `first`, whatever is rounded.
      ...(first > 0 ? ['-ss', ((first - 0.5) / this.proxy.fps).toFixed(6)] : []),
      ...['-i', `file:${this.proxy.path}`, '-map', '0:v:0', '-an', '-vf', clipFilters(geometry)],
      ...this.runner.passthrough,
      ...['-frames:v', String(last - first + 1), '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'],
    ])
    let ordinal = first
    let done = 0
    for await (const pixels of run.chunks(bytes)) {
      for (; ordinals[done] === ordinal; done++) into.set(pixels, done * bytes)
      ordinal++
    }
    const { stderr } = await run.finish()
    if (done < ordinals.length) throw new Error(`${this.proxy.path} lacks picture ${ordinals[done]}. ${stderr.trim()}`)
  }
}

function stretches(ordinals: readonly number[]): number[][] {
  const found: number[][] = []
  for (const ordinal of ordinals) {
    const current = found.at(-1)
    const last = current?.at(-1)
    if (current && last !== undefined && ordinal - last <= runLength) current.push(ordinal)
    else found.push([ordinal])
  }
  return found
}
