import { resolve } from 'node:path'
import type { MediaRecord } from '@shared/media'
import type { Progress } from '@shared/progress'
import { Command, Option } from 'commander'
import type { DecoderChoice } from '@main/media/decode/open-decoder'
import type { MediaService } from '@main/media/media-service'
import { openMedia } from '@main/media/open-media'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

/** Which decoder to use, for every command that reads files. */
export function decoderOption(): Option {
  return new Option('--decoder <name>', 'program that decodes').choices(['auto', 'node-av', 'ffmpeg']).default('auto')
}

/** How a command reads: stopped by Ctrl+C, progress on the bar. */
export function readingOptions(terminal: Terminal, decoder: DecoderChoice) {
  return { decoder, signal: terminal.interrupted, onProgress: (progress: Progress) => terminal.bar(progress) }
}

/** `whynot probe`: decodes a file to its end and says what is in it. An answer is a success, whatever it is. */
export function probeCommand(terminal: Terminal, open: () => MediaService = () => openMedia(undefined, 1)): Command {
  return new Command('probe')
    .description('Decode a video to its end and say what is in it: status, frames, size, turn')
    .argument('<file>', 'a video, a .seq film, or a folder of numbered pictures')
    .addOption(decoderOption())
    .option('--json', 'print one JSON object')
    .action(async (file: string, options: { decoder: DecoderChoice; json?: boolean }) => {
      const media = open()
      try {
        const { decoder } = options
        const record = await media.probe(resolve(terminal.cwd, file), readingOptions(terminal, decoder))
        terminal.bar(null)
        if (options.json) terminal.json(summary(record))
        else for (const line of inWords(record)) terminal.say(line)
      } finally {
        media.close()
      }
    })
}

function summary(record: MediaRecord) {
  const { status, reason, frames, rotateClockwise, mirrored, width, height, codec, fps, variable } = record
  const { editList, declaredFrames, badFrames, streams, decoder, decoderVersion } = record
  return {
    ...{ status, reason, frames, rotateClockwise, width, height, codec, fps, variable, mirrored, editList },
    ...{ declaredFrames, badFrames, streams, decoder, decoderVersion },
  }
}

function inWords(record: MediaRecord): string[] {
  const { status, reason, frames, rotateClockwise, mirrored, width, height, codec, fps, variable } = record
  if (status === 'failed') return [`failed  ${reason}`]
  const turn = rotateClockwise > 0 ? `, turned ${rotateClockwise} degrees clockwise` : ''
  return [
    `${status}  ${frames} frames, ${width} x ${height}, ${codec}, ${variable ? 'about ' : ''}${fps} per second`,
    `shown as stored${turn}${mirrored ? ', mirrored' : ''}`.replace(/^shown as stored, /, 'shown '),
    ...(record.editList ? [`the container stores ${record.declaredFrames} and shows ${frames} of them`] : []),
    ...(record.streams ? [record.streams] : []),
    ...(reason ? [reason] : []),
    `decoded by ${record.decoder}, ${record.decoderVersion}`,
  ]
}
