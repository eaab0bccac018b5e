import { setImmediate } from 'node:timers/promises'
import { AV_LOG_FATAL, AV_PIX_FMT_RGB24 } from 'node-av/constants'
import { FilterAPI } from 'node-av/api'
import { Frame, Log, getFFmpegInfo } from 'node-av/lib'
import {
  type DecodedTable,
  type Decoder,
  type EncodePlan,
  type OrdinalPicture,
  type Picture,
  type ProxyFile,
  type ProxyPictures,
  type SourceFacts,
  Unreadable,
} from '@main/media/decode/contract/decoder'
import { displayedSize, proxyFilters, rgbFilters } from '@main/media/decode/contract/displayed'
import { ErrorLog } from './error-log'
import { asBuffer, filtered } from './filter'
import { FilteredWriter } from './filtered-writer'
import { decodeInOrder, factsOf, openInput } from './input'
import { NodeAvProxy } from './proxy'
import { unreadableFile } from '@main/media/decode/contract/stream-choice'

/** Pictures after which the event loop gets a turn: the calls below are synchronous, and a stop must be heard. */
const breath = 64

/**
 * FFmpeg's libraries inside this process. Only for processes that may die: a broken file can, in principle, take the
 * process with it.
 */
export class NodeAvDecoder implements Decoder {
  readonly name = 'node-av'
  readonly version = `FFmpeg ${getFFmpegInfo().version}`

  constructor() {
    // x264 and the demuxers talk; what matters is heard through ErrorLog.
    Log.setLevel(AV_LOG_FATAL)
  }

  async probe(path: string): Promise<SourceFacts> {
    const log = new ErrorLog()
    try {
      const input = await openInput(path)
      try {
        return factsOf(input)
      } finally {
        input.close()
      }
    } catch (error) {
      throw error instanceof Unreadable ? explained(error, await log.lines()) : error
    } finally {
      log.stop()
    }
  }

  async decode(
    path: string,
    facts: SourceFacts,
    plan: EncodePlan | null,
    onPicture: (count: number) => void,
  ): Promise<DecodedTable> {
    const input = await openInput(path)
    const table: DecodedTable = { timestampsMs: [], badFrames: [], errors: [], complaints: [] }
    const log = new ErrorLog()
    const writer = plan && new FilteredWriter(plan, proxyFilters(facts, plan))
    const complain = (error: string) => table.errors.push(error)
    try {
      for await (const { frame, ordinal, timestampMs } of decodeInOrder(input, facts.stream, complain)) {
        table.timestampsMs.push(timestampMs)
        if (frame.decodeErrorFlags !== 0) table.badFrames.push(ordinal)
        await writer?.write(frame)
        onPicture(ordinal + 1)
        if (ordinal % breath === breath - 1) await setImmediate()
      }
      await writer?.finish()
      table.errors.push(...(await log.lines()))
      return table
    } finally {
      writer?.close()
      input.close()
      log.stop()
    }
  }

  async *pictures(path: string, facts: SourceFacts, wanted: readonly number[] | null): AsyncGenerator<OrdinalPicture> {
    const input = await openInput(path)
    const size = displayedSize(facts, facts)
    const filter = FilterAPI.create(rgbFilters(facts, size), { threads: 1 })
    const asked = wanted && new Set(wanted)
    const last = wanted ? (wanted.at(-1) ?? -1) : Infinity
    const log = new ErrorLog()
    try {
      for await (const { frame, ordinal } of decodeInOrder(input, facts.stream, () => {})) {
        if (ordinal > last) return
        if (asked && !asked.has(ordinal)) continue
        const rgb = filtered(filter, frame, ordinal)
        yield { ordinal, ...size, pixels: rgb.toBuffer() }
        rgb.free()
      }
    } finally {
      filter.close()
      input.close()
      log.stop()
    }
  }

  async encode(pictures: AsyncIterable<Picture> | Iterable<Picture>, plan: EncodePlan): Promise<number> {
    const upright = { rotateClockwise: 0, mirrored: false } as const
    const chain =
      plan.codec.name === 'x264' ? proxyFilters(upright, plan) : `scale=${plan.width}:${plan.height},format=bgr0`
    const writer = new FilteredWriter(plan, chain)
    try {
      for await (const { width, height, pixels } of pictures) {
        const frame = Frame.fromVideoBuffer(asBuffer(pixels), { width, height, format: AV_PIX_FMT_RGB24 })
        await writer.write(frame)
        frame.free()
      }
      return await writer.finish()
    } finally {
      writer.close()
    }
  }

  openProxy(proxy: ProxyFile): Promise<ProxyPictures> {
    return NodeAvProxy.open(proxy)
  }
}

/** The log says more than the error code of a failed opening: "moov atom not found" for instance. */
function explained(error: Unreadable, lines: readonly string[]): Unreadable {
  return lines.length > 0 && error.detail ? unreadableFile([...lines, error.detail].join('\n')) : error
}
