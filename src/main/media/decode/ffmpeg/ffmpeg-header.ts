import type { SourceFacts } from '@main/media/decode/contract/decoder'
import { quarterTurn } from '@main/media/decode/contract/displayed'
import { type StreamSketch, chooseStream, unreadableFile } from '@main/media/decode/contract/stream-choice'

interface HeaderStream extends StreamSketch {
  sar: number
  fps: number | null
  colour: { space: string; range: string }
  /** Counter-clockwise degrees, as ffmpeg prints them. */
  rotation: number
}

const streamLine = /Stream #0:(\d+)(?:\[\w+\])?(?:\(\w+\))?: (\w+): (.*)$/
const rotationLine = /displaymatrix: rotation of (-?[\d.]+) degrees/
const errorLine = /^(?:\[[^\]]*\] )?\[(?:error|fatal|panic)\] (.*)$/

/**
 * Reads what `ffmpeg -i FILE -loglevel level+info` prints about a file: all that the program says of a header without
 * ffprobe. Understands versions 4 to 8. Throws Unreadable.
 */
export function parseHeader(text: string): SourceFacts {
  const lines = text.split('\n')
  const streams = streamsIn(lines)
  if (!lines.some((line) => line.includes('Input #0,'))) throw unreadableFile(errorsIn(lines).join('\n'))
  const choice = chooseStream(streams)
  const chosen = streams.find((stream) => stream.index === choice.index)
  return {
    codec: choice.codec,
    container: /Input #0, (.*?), from /.exec(text)?.[1] ?? '',
    codedWidth: chosen?.width ?? 0,
    codedHeight: chosen?.height ?? 0,
    sar: chosen?.sar ?? 1,
    declaredFps: chosen?.fps ?? null,
    declaredFrames: null,
    seconds: durationIn(text),
    stream: choice.index,
    streams: choice.note,
    colour: chosen?.colour ?? { space: '', range: '' },
    // ffmpeg prints counter-clockwise degrees and does not print whether the picture is mirrored.
    rotateClockwise: quarterTurn(-(chosen?.rotation ?? 0)),
    mirrored: false,
  }
}

/** Lines that ffmpeg itself marked as errors, without the prefix. */
export function errorsIn(lines: readonly string[]): string[] {
  return lines.flatMap((line) => errorLine.exec(line)?.[1]?.trim() ?? [])
}

function durationIn(text: string): number | null {
  const [, hours, minutes, seconds] = /Duration: (\d+):(\d+):([\d.]+)/.exec(text) ?? []
  return hours ? Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) : null
}

function streamsIn(lines: readonly string[]): HeaderStream[] {
  const streams: HeaderStream[] = []
  for (const line of lines) {
    // What follows belongs to the output and repeats the stream.
    if (line.includes('Output #0,') || line.includes('Stream mapping:')) break
    const found = streamLine.exec(line)
    const rotation = rotationLine.exec(line)?.[1]
    const last = streams.at(-1)
    if (found) streams.push(parseStream(Number(found[1]), found[2] ?? '', found[3] ?? ''))
    else if (rotation !== undefined && last) last.rotation = Number(rotation)
  }
  return streams
}

function parseStream(index: number, kind: string, rest: string): HeaderStream {
  const [, width = '0', height = '0'] = /(?:^|, )(\d+)x(\d+)(?:$|[ ,])/.exec(rest) ?? []
  const [, sarWidth = '1', sarHeight = '1'] = /SAR (\d+):(\d+)/.exec(rest) ?? []
  const sar = Number(sarWidth) / Number(sarHeight)
  const rate = /([\d.]+)(k?) fps/.exec(rest)
  const guessed = /([\d.]+)(k?) tbr/.exec(rest)
  return {
    index,
    kind: kind === 'Video' ? 'video' : 'other',
    codec: /^(\w+)/.exec(rest)?.[1] ?? 'unknown',
    width: Number(width),
    height: Number(height),
    // Older programs do not mark covers; a still codec without a rate is one.
    cover: rest.includes('(attached pic)') || (!rate && /^(png|mjpeg|bmp|gif|webp)\b/.test(rest)),
    sar: sar > 0 && Number.isFinite(sar) ? sar : 1,
    fps: numberOf(rate) ?? numberOf(guessed),
    colour: colourIn(rest),
    rotation: 0,
  }
}

/** "30" is 30, "1k" is 1000. */
function numberOf(found: RegExpExecArray | null): number | null {
  return found ? Number(found[1]) * (found[2] ? 1000 : 1) || null : null
}

/** From "yuv420p(tv, bt709/bt470bg/smpte170m, progressive)": the matrix and the range. */
function colourIn(rest: string): { space: string; range: string } {
  const parts = (/, (?:yuv|nv|gbr|rgb|bgr|gray|p0)\w*\(([^)]*)\)/.exec(rest)?.[1] ?? '').split(', ')
  const space = parts.map((part) => part.split('/')[0] ?? '').find((part) => matrices.has(part))
  return { space: space ?? '', range: parts.includes('pc') ? 'pc' : '' }
}

const matrices = new Set(['bt709', 'fcc', 'bt470bg', 'smpte170m', 'smpte240m', 'ycgco', 'bt2020nc', 'bt2020c'])
