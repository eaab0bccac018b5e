import type { Box } from '@shared/geometry/box'
import type { Frame } from '@shared/ids'
import type { ClipVideo } from '@main/media/clips/clip-reader'
import type { ClipGeometry, Decoder, ProxyPictures } from '@main/media/decode/contract/decoder'
import { type Gray, grayOf } from './correlation'
import { type Followed, followBox } from './follow-box'

export interface FollowRequest {
  video: ClipVideo
  /** The frame that the box is in, and the last one to follow it to. */
  from: Frame
  to: Frame
  /** Source pixels. */
  box: Box
}

/** Sides of a box, in pixels it is looked at with: fine enough to tell it from others, few enough to be quick. */
const longest = 40
const shortest = 10

/** Pictures read at a time; a group of a proxy. */
const batch = 12

/** Follows a box through the pictures of a proxy, which are those that the studio shows. Boxes come in source pixels. */
export async function followInProxy(
  decoder: Decoder,
  { video, from, to, box }: FollowRequest,
  onPicture: (done: number) => void,
): Promise<Followed> {
  const geometry = geometryFor(video, box)
  const [x, y] = [geometry.width / video.source.width, geometry.height / video.source.height]
  const pictures = await decoder.openProxy(video)
  try {
    const grays = graysOf(pictures, { from, to, geometry, onPicture })
    const { boxes, ended } = await followBox(grays, scaled(box, x, y))
    return { boxes: boxes.map((one) => ({ ...one, box: scaled(one.box, 1 / x, 1 / y) })), ended }
  } finally {
    pictures.close()
  }
}

function geometryFor({ width, height, source }: ClipVideo, { x1, y1, x2, y2 }: Box): ClipGeometry {
  const [across, down] = [x2 - x1, y2 - y1]
  const wanted = Math.max(longest / Math.max(across, down), shortest / Math.min(across, down))
  const scale = Math.min(width / source.width, height / source.height, wanted)
  const scaledWidth = Math.max(1, Math.round(source.width * scale))
  const scaledHeight = Math.max(1, Math.round(source.height * scale))
  return { scaledWidth, scaledHeight, x: 0, y: 0, width: scaledWidth, height: scaledHeight }
}

interface Reading {
  from: Frame
  to: Frame
  geometry: ClipGeometry
  onPicture: (done: number) => void
}

async function* graysOf(
  pictures: ProxyPictures,
  { from, to, geometry, onPicture }: Reading,
): AsyncGenerator<{ frame: Frame; gray: Gray }> {
  const { width, height } = geometry
  const bytes = width * height * 3
  for (let first = from; first <= to; first += batch) {
    const frames = Array.from({ length: Math.min(batch, to - first + 1) }, (_, i) => first + i)
    const pixels = new Uint8Array(frames.length * bytes)
    await pictures.read(frames, geometry, pixels)
    for (const [i, frame] of frames.entries()) {
      onPicture(frame - from)
      yield { frame, gray: grayOf({ width, height, pixels: pixels.subarray(i * bytes, (i + 1) * bytes) }) }
    }
  }
}

function scaled({ x1, y1, x2, y2 }: Box, x: number, y: number): Box {
  return { x1: x1 * x, y1: y1 * y, x2: x2 * x, y2: y2 * y }
}
