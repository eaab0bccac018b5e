import {
  AVERROR_EOF,
  AVMEDIA_TYPE_VIDEO,
  AV_DISPOSITION_ATTACHED_PIC,
  AV_PKT_DATA_DISPLAYMATRIX,
  AV_TIME_BASE,
} from 'node-av/constants'
import { Codec, CodecContext, Dictionary, FFmpegError, FormatContext, Frame, Packet, avGetCodecName } from 'node-av/lib'
import type { Rational, Stream } from 'node-av/lib'
import { type SourceFacts, Unreadable, containers } from '@main/media/decode/contract/decoder'
import { turnOf } from '@main/media/decode/contract/displayed'
import { chooseStream, unreadableFile } from '@main/media/decode/contract/stream-choice'

/** AV_NOPTS_VALUE. */
const noTimestamp = -(2n ** 63n)

/** An opened file. `close` frees everything. */
export interface Input {
  format: FormatContext
  close(): void
}

/** Opens a plain file's container; only `containers`, and no file but this one. Throws Unreadable. */
export async function openInput(path: string): Promise<Input> {
  const format = new FormatContext()
  const options = Dictionary.fromObject({ format_whitelist: containers, protocol_whitelist: 'file' })
  const opened = await format.openInput(`file:${path}`, null, options)
  options.free()
  if (opened < 0) {
    format.freeContext()
    throw unreadableFile(FFmpegError.strerror(opened))
  }
  const found = await format.findStreamInfo()
  const input = { format, close: () => format.closeInputSync() }
  if (found >= 0) return input
  input.close()
  throw unreadableFile(FFmpegError.strerror(found))
}

/** The header's facts of the best video stream. Throws Unreadable when there is none. */
export function factsOf({ format }: Input): SourceFacts {
  const streams = format.streams.map((stream) => ({
    index: stream.index,
    kind: stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO ? ('video' as const) : ('other' as const),
    codec: avGetCodecName(stream.codecpar.codecId) ?? 'unknown',
    width: stream.codecpar.width,
    height: stream.codecpar.height,
    cover: stream.hasDisposition(AV_DISPOSITION_ATTACHED_PIC),
  }))
  const choice = chooseStream(streams)
  const stream = streamAt(format, choice.index)
  const parameters = stream.codecpar
  const aspect = ratio(stream.sampleAspectRatio) || ratio(parameters.sampleAspectRatio)
  return {
    codec: choice.codec,
    container: format.iformat?.name ?? '',
    codedWidth: parameters.width,
    codedHeight: parameters.height,
    sar: aspect || 1,
    declaredFps: ratio(stream.avgFrameRate) || ratio(stream.rFrameRate) || null,
    declaredFrames: Number(stream.nbFrames) || null,
    seconds: format.duration > 0n ? Number(format.duration) / AV_TIME_BASE : null,
    stream: choice.index,
    streams: choice.note,
    colour: { space: '', range: '' },
    ...turnOf(parameters.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX)),
  }
}

/** What a visitor is told about a decoded picture. It must not keep `frame`. */
export interface DecodedFrame {
  frame: Frame
  ordinal: number
  timestampMs: number | null
}

/**
 * Decodes a stream once, in order, on one thread, and yields every picture.
 * `complain` hears of packets the decoder refused and of a file that breaks off.
 */
export async function* decodeInOrder(
  { format }: Input,
  index: number,
  complain: (error: string) => void,
): AsyncGenerator<DecodedFrame> {
  const stream = streamAt(format, index)
  const decoder = await openDecoder(stream)
  const packet = new Packet()
  const frame = new Frame()
  packet.alloc()
  frame.alloc()
  const timeBase = stream.timeBase.toDouble()
  let ordinal = 0
  try {
    for (let more = true; more;) {
      more = nextPacket(format, packet, index, complain)
      const sent = decoder.sendPacketSync(more ? packet : null)
      packet.unref()
      if (sent < 0 && sent !== AVERROR_EOF) complain(FFmpegError.strerror(sent))
      while (decoder.receiveFrameSync(frame) >= 0) {
        const timestamp = frame.bestEffortTimestamp
        yield {
          frame,
          ordinal: ordinal++,
          timestampMs: timestamp === noTimestamp ? null : milliseconds(timestamp, timeBase),
        }
        frame.unref()
      }
    }
  } finally {
    packet.free()
    frame.free()
    decoder.freeContext()
  }
}

/** Reads up to the next packet of a stream; false at the end, which a broken file reaches early. */
function nextPacket(format: FormatContext, packet: Packet, index: number, complain: (error: string) => void): boolean {
  for (;;) {
    const read = format.readFrameSync(packet)
    if (read < 0) {
      if (read !== AVERROR_EOF) complain(`the file breaks off: ${FFmpegError.strerror(read)}`)
      return false
    }
    if (packet.streamIndex === index) return true
    packet.unref()
  }
}

/** An open decoder of a stream, single-threaded: two files at a time use two processes. Throws Unreadable. */
export async function openDecoder(stream: Stream): Promise<CodecContext> {
  const codec = Codec.findDecoder(stream.codecpar.codecId)
  const name = avGetCodecName(stream.codecpar.codecId) ?? 'unknown'
  if (!codec) throw new Unreadable(`Its pictures are coded as ${name}, which this decoder cannot read.`)
  const context = new CodecContext()
  context.allocContext3(codec)
  context.parametersToContext(stream.codecpar)
  context.pktTimebase = stream.timeBase
  context.threadCount = 1
  const opened = await context.open2(codec)
  if (opened >= 0) return context
  context.freeContext()
  throw new Unreadable(`The ${name} decoder refused this file.`, FFmpegError.strerror(opened))
}

export function streamAt(format: FormatContext, index: number): Stream {
  const stream = format.streams[index]
  if (!stream) throw new Error(`no stream ${index}`)
  return stream
}

function milliseconds(timestamp: bigint, timeBase: number): number {
  return Math.round(Number(timestamp) * timeBase * 1e6) / 1e3
}

function ratio({ num, den }: Rational): number {
  return num > 0 && den > 0 ? num / den : 0
}
