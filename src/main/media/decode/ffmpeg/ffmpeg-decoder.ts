import {
  type DecodedTable,
  type Decoder,
  type EncodePlan,
  type OrdinalPicture,
  type Picture,
  type ProxyFile,
  type ProxyPictures,
  type SourceFacts,
  containers,
} from '@main/media/decode/contract/decoder'
import { displayedSize, proxyFilters, rgbFilters, turnOfMatrix } from '@main/media/decode/contract/displayed'
import { proxyGroups } from '@main/media/decode/contract/proxy-format'
import { clearMp4Turn, readMp4Index } from '@main/media/decode/contract/mp4-boxes'
import { parseHeader } from './ffmpeg-header'
import { FfmpegProxy } from './ffmpeg-proxy'
import type { FfmpegProgram, FfmpegRun } from './ffmpeg-program'
import { FfmpegRunner } from './ffmpeg-program'
import { ShownFrames } from './shown-frames'

const upright = { rotateClockwise: 0, mirrored: false } as const
const quiet = ['-nostdin', '-loglevel', 'level+error', '-y']

/** An ffmpeg program, spoken to over pipes. It does not say which pictures were decoded with errors. */
export class FfmpegDecoder implements Decoder {
  readonly name = 'ffmpeg'
  readonly version: string
  private readonly runner: FfmpegRunner

  constructor(program: FfmpegProgram) {
    this.version = `${program.version} (${program.found})`
    this.runner = new FfmpegRunner(program)
  }

  /** Ends what still runs; for the process that is about to end itself. */
  stop(): void {
    this.runner.stop()
  }

  async probe(path: string): Promise<SourceFacts> {
    const { stderr } = await this.runner.start(['-nostdin', '-loglevel', 'level+info', ...input(path)]).finish()
    const facts = parseHeader(stderr)
    const matrix = facts.container.includes('mov') ? readMp4Index(path)?.matrices : null
    return matrix?.length === 1 && matrix[0] ? { ...facts, ...turnOfMatrix(matrix[0]) } : facts
  }

  async decode(
    path: string,
    facts: SourceFacts,
    plan: EncodePlan | null,
    onPicture: (count: number) => void,
  ): Promise<DecodedTable> {
    const shown = new ShownFrames(onPicture)
    const run = this.runner.start([
      ...['-nostdin', '-loglevel', 'level+info', '-y', '-threads', '1', '-noautorotate', '-copyts'],
      ...input(path),
      ...(plan ? this.proxyOutput(facts, plan) : [...this.output(facts.stream, 'showinfo'), '-f', 'null', '-']),
    ])
    const { code } = await run.onLine((line) => shown.hear(line)).finish()
    const { timestampsMs, errors } = shown
    if (code !== 0 && timestampsMs.length > 0) throw new Error(`ffmpeg ended with code ${code}: ${errors.at(-1) ?? ''}`)
    if (plan && timestampsMs.length > 0) {
      // A picture size that changes on the way restarts the count of setpts; counted here, it does not.
      const right = readMp4Index(plan.file)?.samples === timestampsMs.length
      if (!right) await this.encode(this.pictures(path, facts, null), plan)
      clearMp4Turn(plan.file)
    }
    return { timestampsMs, badFrames: [], errors, complaints: [] }
  }

  async *pictures(path: string, facts: SourceFacts, wanted: readonly number[] | null): AsyncGenerator<OrdinalPicture> {
    const size = displayedSize(facts, facts)
    const asked = wanted && new Set(wanted)
    const count = wanted ? (wanted.at(-1) ?? -1) + 1 : null
    if (count === 0) return
    const run = this.runner.start([
      ...quiet,
      ...['-threads', '1', '-noautorotate'],
      ...input(path),
      ...this.output(facts.stream, rgbFilters(facts, size)),
      ...(count === null ? [] : ['-frames:v', String(count)]),
      ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'],
    ])
    run.onLine(() => {})
    let ordinal = -1
    try {
      for await (const pixels of run.chunks(size.width * size.height * 3)) {
        ordinal++
        if (!asked || asked.has(ordinal)) yield { ordinal, ...size, pixels }
      }
      await run.finish()
    } finally {
      run.kill()
    }
  }

  async encode(pictures: AsyncIterable<Picture> | Iterable<Picture>, plan: EncodePlan): Promise<number> {
    let run: FfmpegRun | null = null
    let count = 0
    for await (const { width, height, pixels } of pictures) {
      run ??= this.runner.start([
        ...quiet.slice(1),
        ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${width}x${height}`, '-r', String(plan.fps), '-i', 'pipe:0'],
        ...this.output(0, plan.codec.name === 'x264' ? proxyFilters(upright, plan) : losslessFilters(plan)),
        ...encoderOptions(plan, null),
        `file:${plan.file}`,
      ])
      if (!(await run.write(pixels))) break
      count++
    }
    const outcome = await run?.finish()
    if (outcome && outcome.code !== 0) throw new Error(`ffmpeg could not write ${plan.file}: ${outcome.stderr.trim()}`)
    return count
  }

  openProxy(proxy: ProxyFile): Promise<ProxyPictures> {
    return Promise.resolve(new FfmpegProxy(this.runner, proxy))
  }

  private proxyOutput(facts: SourceFacts, plan: EncodePlan): string[] {
    // settb must come before setpts: in the source's own time base N would be rounded to repeated times.
    const chain = `showinfo,settb=1/${plan.fps},setpts=N,${proxyFilters(facts, plan)}`
    return [...this.output(facts.stream, chain), ...encoderOptions(plan, facts), `file:${plan.file}`]
  }

  private output(stream: number, chain: string): string[] {
    const only = ['-map', `0:${stream}`, '-an', '-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1']
    return [...only, '-vf', chain, ...this.runner.passthrough]
  }
}

function input(path: string): string[] {
  return ['-protocol_whitelist', 'file', '-format_whitelist', containers, '-i', `file:${path}`]
}

function losslessFilters({ width, height }: EncodePlan): string {
  return `scale=${width}:${height},format=bgr0`
}

function encoderOptions(plan: EncodePlan, facts: SourceFacts | null): string[] {
  if (plan.codec.name === 'lossless')
    return ['-c:v', 'ffv1', '-level', '3', '-g', '1', '-threads', '1', '-f', 'matroska']
  const space = facts?.colour.space || 'smpte170m'
  return [
    ...['-enc_time_base', `1/${plan.fps}`, '-c:v', 'libx264', '-preset', 'veryfast', '-crf', String(plan.codec.crf)],
    ...['-x264-params', proxyGroups, '-threads', '1', '-colorspace', space, '-color_range', 'tv'],
    ...['-video_track_timescale', String(plan.fps * 1000), '-movflags', '+faststart', '-f', 'mp4'],
  ]
}
