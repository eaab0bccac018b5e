import {
  AVCOL_PRI_BT709,
  AVCOL_PRI_UNSPECIFIED,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_RGB,
  AVCOL_SPC_SMPTE170M,
  AVCOL_SPC_UNSPECIFIED,
  AVCOL_TRC_ARIB_STD_B67,
  AVCOL_TRC_BT709,
  AVCOL_TRC_SMPTE2084,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AV_PICTURE_TYPE_NONE,
  AV_PIX_FMT_BGR0,
  AV_PIX_FMT_YUV420P,
  FF_ENCODER_FFV1,
  FF_ENCODER_LIBX264,
} from 'node-av/constants'
import { Codec, CodecContext, Dictionary, FFmpegError, FormatContext, Packet, Rational } from 'node-av/lib'
import type { Frame, Stream } from 'node-av/lib'
import type { EncodePlan } from '@main/media/decode/contract/decoder'
import { proxyGroups } from '@main/media/decode/contract/proxy-format'

/** Writes filtered pictures into one video file, picture i at time i / fps exactly. */
export class FileEncoder {
  private written = 0
  private readonly packet = new Packet()

  private constructor(
    private readonly plan: EncodePlan,
    private readonly context: CodecContext,
    private readonly muxer: FormatContext,
    private readonly stream: Stream,
  ) {
    this.packet.alloc()
  }

  /** Opens the file. Colour tags are those of `first`, the first filtered picture. */
  static async open(plan: EncodePlan, first: Frame): Promise<FileEncoder> {
    const muxer = new FormatContext()
    const container = plan.codec.name === 'x264' ? 'mp4' : 'matroska'
    check(muxer.allocOutputContext2(null, container, `file:${plan.file}`), 'choose the container')
    const context = newContext(plan, first)
    try {
      const options = Dictionary.fromObject(codecOptions(plan))
      // Never open2Sync with options: it frees the dictionary twice.
      check(await context.open2(null, options), 'open the encoder')
      options.free()
      const stream = muxer.newStream(null)
      stream.timeBase = context.timeBase
      check(stream.codecpar.fromContext(context), 'describe the stream')
      stream.avgFrameRate = context.framerate
      check(muxer.openOutputSync(), 'create the file')
      const header = Dictionary.fromObject(
        plan.codec.name === 'x264' ? { movflags: '+faststart', video_track_timescale: plan.fps * 1000 } : {},
      )
      check(await muxer.writeHeader(header), 'write the header')
      header.free()
      return new FileEncoder(plan, context, muxer, stream)
    } catch (error) {
      context.freeContext()
      muxer.freeContext()
      throw error
    }
  }

  /** Appends a picture; changes its time and type. */
  write(frame: Frame): void {
    frame.pts = BigInt(this.written++)
    frame.timeBase = new Rational(1, this.plan.fps)
    frame.duration = 1n
    frame.pictType = AV_PICTURE_TYPE_NONE
    check(this.context.sendFrameSync(frame), 'encode a picture')
    this.drain()
  }

  /** Ends the file and closes it. Returns the number of pictures. */
  async finish(): Promise<number> {
    check(this.context.sendFrameSync(null), 'end the encoding')
    this.drain()
    check(await this.muxer.writeTrailer(), 'end the file')
    this.close()
    return this.written
  }

  close(): void {
    this.packet.free()
    this.context.freeContext()
    this.muxer.closeOutputSync()
    this.muxer.freeContext()
  }

  private drain(): void {
    while (this.context.receivePacketSync(this.packet) >= 0) {
      this.packet.duration = 1n
      this.packet.rescaleTs(this.context.timeBase, this.stream.timeBase)
      this.packet.streamIndex = 0
      check(this.muxer.interleavedWriteFrameSync(this.packet), 'write a picture')
      this.packet.unref()
    }
  }
}

function newContext(plan: EncodePlan, first: Frame): CodecContext {
  const lossless = plan.codec.name === 'lossless'
  const codec = Codec.findEncoderByName(lossless ? FF_ENCODER_FFV1 : FF_ENCODER_LIBX264)
  if (!codec) throw new Error('this build of node-av lacks its video encoders')
  const context = new CodecContext()
  context.allocContext3(codec)
  context.width = plan.width
  context.height = plan.height
  context.timeBase = new Rational(1, plan.fps)
  context.framerate = new Rational(plan.fps, 1)
  context.sampleAspectRatio = new Rational(1, 1)
  context.pixelFormat = lossless ? AV_PIX_FMT_BGR0 : AV_PIX_FMT_YUV420P
  context.threadCount = 1
  context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER)
  if (lossless) context.colorSpace = AVCOL_SPC_RGB
  else tagColour(context, first)
  return context
}

/** Says in the file what the matrix is, so that a player need not guess by size. */
function tagColour(context: CodecContext, { colorSpace, colorPrimaries, colorTrc }: Frame): void {
  // Pictures of a wide range are shown as they are: the tag of an ordinary curve keeps the player from bending them.
  const wide = colorTrc === AVCOL_TRC_ARIB_STD_B67 || colorTrc === AVCOL_TRC_SMPTE2084
  const unsaid = colorSpace === AVCOL_SPC_UNSPECIFIED || colorSpace === AVCOL_SPC_RGB
  context.colorRange = AVCOL_RANGE_MPEG
  context.colorSpace = unsaid ? AVCOL_SPC_SMPTE170M : colorSpace
  context.colorPrimaries = wide ? AVCOL_PRI_BT709 : (colorPrimaries ?? AVCOL_PRI_UNSPECIFIED)
  context.colorTrc = wide ? AVCOL_TRC_BT709 : colorTrc
}

function codecOptions({ codec }: EncodePlan): Record<string, string | number> {
  return codec.name === 'x264' ? { preset: 'veryfast', crf: codec.crf, 'x264-params': proxyGroups } : { level: 3, g: 1 }
}

function check(code: number, what: string): void {
  if (code < 0) throw new Error(`Could not ${what}: ${FFmpegError.strerror(code)}`)
}
