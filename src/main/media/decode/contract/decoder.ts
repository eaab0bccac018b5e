import type { DecoderName } from '@shared/media'
import type { Turn } from './displayed'

/** What a file's header says, before a picture is decoded. */
export interface SourceFacts extends Turn {
  /** As FFmpeg names it. */
  codec: string
  container: string
  codedWidth: number
  codedHeight: number
  /** Width of a coded pixel over its height; 1 when the file does not say. */
  sar: number
  /** Mean rate the header declares, pictures per second, or null. */
  declaredFps: number | null
  declaredFrames: number | null
  /** Length the container declares, or null; only for progress. */
  seconds: number | null
  /** Index of the chosen stream in the container. */
  stream: number
  /** Says which stream was taken, when there was a choice; else null. */
  streams: string | null
  /** Colour of the coded picture as FFmpeg names it, where the decoder must be told; empty when unknown. */
  colour: { space: string; range: string }
}

/** How an H.264 or lossless file is to be written. Width and height even for `x264`. */
export interface EncodePlan {
  file: string
  width: number
  height: number
  /** Whole pictures per second: picture i gets time i / fps. */
  fps: number
  /** `x264`: closed groups of 12, no B pictures, 4:2:0, `crf`. `lossless`: FFV1 in RGB, every pixel as given. */
  codec: { name: 'x264'; crf: number } | { name: 'lossless' }
}

/** The frame table of one sequential decode. */
export interface DecodedTable {
  /** Per ordinal the presentation time in ms, null where there is none. */
  timestampsMs: (number | null)[]
  /** Ordinals decoded with errors; empty from decoders that do not know. */
  badFrames: number[]
  /** What the decoder said that belongs to no picture, in its own words. */
  errors: string[]
  /** What is not as it should be in sentences for people: a cut-off end, missing numbers. */
  complaints: string[]
}

/** A picture in memory: RGB, three bytes a pixel, rows from the top without padding. */
export interface Picture {
  width: number
  height: number
  pixels: Uint8Array
}

export interface OrdinalPicture extends Picture {
  ordinal: number
}

/** A rectangle of a scaled picture: scale the whole to `scaledWidth` x `scaledHeight`, then cut at (x, y). */
export interface ClipGeometry {
  scaledWidth: number
  scaledHeight: number
  x: number
  y: number
  width: number
  height: number
}

/** Exact pictures out of a proxy, one decoder kept open. */
export interface ProxyPictures {
  /**
   * Decodes `ordinals` (rising, may repeat) into `into`, one picture of width x height x 3 bytes after the other.
   * Throws when one of them is not there.
   */
  read(ordinals: readonly number[], geometry: ClipGeometry, into: Uint8Array): Promise<void>
  close(): void
}

/** The facts of a proxy that reading it by ordinal needs. */
export interface ProxyFile {
  path: string
  frames: number
  width: number
  height: number
  fps: number
}

/**
 * A program that decodes and encodes. Each implementation gives the same pictures under the same ordinals:
 * those of one full decode in presentation order, none repeated or dropped to fit a rate.
 */
export interface Decoder {
  readonly name: DecoderName
  readonly version: string
  /** Reads the header. Throws Unreadable. */
  probe(path: string): Promise<SourceFacts>
  /** Decodes a file once, in order, into the proxy of `plan`, or into nothing. `onPicture` hears the count so far. */
  decode(
    path: string,
    facts: SourceFacts,
    plan: EncodePlan | null,
    onPicture: (count: number) => void,
  ): Promise<DecodedTable>
  /** Decodes a file in order and gives the upright pictures at displayed size: those in `wanted` (rising), or all. */
  pictures(path: string, facts: SourceFacts, wanted: readonly number[] | null): AsyncIterable<OrdinalPicture>
  /** Writes pictures, all of one size, scaled to that of `plan`. Returns their number. */
  encode(pictures: AsyncIterable<Picture> | Iterable<Picture>, plan: EncodePlan): Promise<number>
  openProxy(proxy: ProxyFile): Promise<ProxyPictures>
}

/** A file from which nothing can be had: `reason` is a sentence for people, `detail` what the decoder said. */
export class Unreadable extends Error {
  constructor(
    readonly reason: string,
    readonly detail: string | null = null,
    /** Size and codec where they are known all the same, as for a still picture. */
    readonly known: { codec?: string; width?: number; height?: number; frames?: number } = {},
  ) {
    super(reason)
    this.name = 'Unreadable'
  }
}

/** Containers that are opened: none of them refers to other files. Audio ones only to say that they are audio. */
export const containers = [
  'avi,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpeg,mpegts,mpegvideo,m4v,h264,hevc,obu,ivf,flv,live_flv,asf,ogg,gif,mxf,dv',
  'rm,nut,yuv4mpegpipe,mjpeg,wtv,vc1,h263,h261,cavsvideo,roq,bink,smk,flic',
  'mp3,wav,w64,flac,aac,aiff,ac3,eac3,amr,ape,au,caf,tta,wv,dts,mpc,mpc8,adts',
].join(',')
