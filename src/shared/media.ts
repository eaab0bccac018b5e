import { z } from 'zod'
import { Frame } from './ids'

/**
 * ok: every picture was decoded without a complaint. damaged: readable, with errors; what decodes is there.
 * failed: nothing usable came out, or the file is not a video. `reason` says how many, where or why, in words.
 */
export const MediaStatus = z.enum(['ok', 'damaged', 'failed'])
export type MediaStatus = z.infer<typeof MediaStatus>

/** Which program decodes: FFmpeg's libraries in a process of ours, or an ffmpeg command line program. */
export const DecoderName = z.enum(['node-av', 'ffmpeg'])
export type DecoderName = z.infer<typeof DecoderName>

/** The H.264 file that stands for a video in the studio and in training; picture i of it is ordinal i of the original. */
const Proxy = z.object({
  /** Name inside the media folder. */
  file: z.string(),
  /** Even, so up to one pixel more than the displayed picture, or smaller by the size cap. */
  width: z.int(),
  height: z.int(),
  /** Picture i stands at i / fps seconds, exactly. */
  fps: z.int(),
  bytes: z.int(),
})

/** What one decode of a file found: the frame table and the facts that boxes, exports and the player need. */
export const MediaRecord = z.object({
  /** Of the file's bytes, lower-case hex; for a folder of pictures, of the names and contents. Empty when it could not be read. */
  sha256: z.string(),
  status: MediaStatus,
  /** A sentence for people; null only when the status is ok. */
  reason: z.string().nullable(),
  /** The decoder's own words, for the log. */
  detail: z.string().nullable(),
  decoder: DecoderName,
  decoderVersion: z.string(),
  /** As FFmpeg names it; "seq" and "pictures" for what it cannot open. Null when none was found. */
  codec: z.string().nullable(),
  /** Pictures that were really decoded; ordinals are 0 to frames - 1. */
  frames: z.int().min(0),
  /** Size of the displayed picture in source pixels: upright, square pixels. Boxes live here. */
  width: z.int().min(0),
  height: z.int().min(0),
  codedWidth: z.int().min(0),
  codedHeight: z.int().min(0),
  /** Width of a coded pixel over its height. */
  sar: z.number().positive(),
  /** Degrees the coded picture is turned clockwise for display, after `mirrored`. */
  rotateClockwise: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  /** The coded picture is flipped left to right before it is turned. */
  mirrored: z.boolean(),
  /** Mean over the decoded timestamps; the declared rate where they say nothing. */
  fps: z.number().positive(),
  /** The distance between pictures varies by more than a fifth of its mean. */
  variable: z.boolean(),
  /** The container shows fewer pictures than it stores. */
  editList: z.boolean(),
  /** Pictures the container announces, null when it does not. A difference to `frames` alone is no damage. */
  declaredFrames: z.int().nullable(),
  /** Per ordinal the container's presentation time in ms, null where it gives none. */
  timestampsMs: z.array(z.number().nullable()),
  /** Ordinals that were decoded with errors, rising. The ffmpeg program does not say which: then empty. */
  badFrames: z.array(Frame),
  /** What else the file held and which stream was taken, or null when there was no choice. */
  streams: z.string().nullable(),
  /** Null when the status is failed. */
  proxy: Proxy.nullable(),
})
export type MediaRecord = z.infer<typeof MediaRecord>

/** One row of an import: the record, the path it came from, and whether its content was already there. */
export const ImportResult = z.object({
  path: z.string(),
  record: MediaRecord,
  /** The content had a finished proxy, from an earlier import or another path of this one. */
  known: z.boolean(),
})
export type ImportResult = z.infer<typeof ImportResult>

/** How proxies are made. */
export const ProxyConfig = z.object({
  crf: z.int().min(0).max(51).default(23).meta({
    title: 'Proxy quality',
    unit: 'crf',
    description: 'x264 rate factor, lower is closer to the original. Pictures of at most 128 px get 12 or less.',
  }),
  maxSide: z.int().min(64).max(8192).default(1280).meta({
    title: 'Largest side of a proxy',
    unit: 'px',
    description: 'Longer sides are scaled down. Boxes stay in source pixels.',
  }),
})
export type ProxyConfig = z.infer<typeof ProxyConfig>
