import { Unreadable } from './decoder'

/** A stream of a container as both decoders describe it. `cover`: a picture attached to music, not a video. */
export interface StreamSketch {
  index: number
  kind: 'video' | 'other'
  codec: string
  width: number
  height: number
  cover: boolean
}

/**
 * The stream whose pictures are the video: the largest, the first of equals.
 * @returns its index and codec, and a note for people when there was a choice
 */
export function chooseStream(streams: readonly StreamSketch[]): { index: number; codec: string; note: string | null } {
  const videos = streams.filter(
    (stream) => stream.kind === 'video' && !stream.cover && stream.width * stream.height > 0,
  )
  const best = videos.reduce<StreamSketch | null>(
    (a, b) => (a && a.width * a.height >= b.width * b.height ? a : b),
    null,
  )
  if (!best) throw noVideo(streams)
  const others = videos.filter((stream) => stream !== best).map((stream) => `${stream.width} x ${stream.height}`)
  const note =
    others.length === 0
      ? null
      : `The file holds ${videos.length} videos; stream ${best.index} (${best.width} x ${best.height}) was taken, ` +
        `the largest. Left out: ${others.join(', ')}.`
  return { index: best.index, codec: best.codec, note }
}

function noVideo(streams: readonly StreamSketch[]): Unreadable {
  if (streams.some((stream) => stream.kind === 'video' && !stream.cover))
    return new Unreadable('It announces a video but not its size: the file is damaged at its start. Convert it again.')
  return streams.length > 0
    ? new Unreadable('This is audio without pictures. Choose a video file.', null, { codec: streams[0]?.codec })
    : new Unreadable('There is no video in this file. It may be empty or damaged; convert it again.')
}

/** Turns what FFmpeg says when it cannot open a file into what a person can do about it. */
export function unreadableFile(detail: string): Unreadable {
  const said = detail.toLowerCase()
  if (said.includes('moov atom'))
    return new Unreadable(
      'The file breaks off before its index (moov atom) was written, so nothing in it can be found. Copy or record it again.',
      detail,
    )
  if (said.includes('permission')) return new Unreadable('The file may not be read. Change its permissions.', detail)
  if (said.includes('no such file')) return new Unreadable('There is no such file.', detail)
  return new Unreadable(
    'This is not a video file, or it is damaged beyond reading. Convert it, or leave it out.',
    detail,
  )
}
