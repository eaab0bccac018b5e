import { Failure } from '@shared/failures'
import type { DecoderName } from '@shared/media'
import type { Decoder } from './contract/decoder'
import { FfmpegDecoder } from './ffmpeg/ffmpeg-decoder'
import { findFfmpeg } from './ffmpeg/ffmpeg-program'

/** Which decoder to use: a named one, or the best there is. */
export type DecoderChoice = DecoderName | 'auto'

/** A decoder as it is shown to people who choose one. */
export interface DecoderInfo {
  name: DecoderName
  available: boolean
  /** Its version and where it was found, or why it cannot be used. */
  about: string
}

/**
 * Opens the decoder of that name, or with `auto` the first there is: node-av, then an ffmpeg program. Each opened
 * decoder belongs to the process that asked. Throws Failure DECODER_MISSING.
 */
export async function openDecoder(choice: DecoderChoice): Promise<Decoder> {
  const tried: string[] = []
  for (const name of choice === 'auto' ? (['node-av', 'ffmpeg'] as const) : [choice]) {
    const opened = await tryDecoder(name)
    if (typeof opened !== 'string') return opened
    tried.push(`${name}: ${opened}`)
  }
  throw new Failure('DECODER_MISSING', { decoder: choice, reason: tried.join('; ') })
}

/** Both decoders, usable or not. */
export async function describeDecoders(): Promise<DecoderInfo[]> {
  const names: DecoderName[] = ['node-av', 'ffmpeg']
  return Promise.all(
    names.map(async (name) => {
      const opened = await tryDecoder(name)
      const available = typeof opened !== 'string'
      return { name, available, about: available ? opened.version : opened }
    }),
  )
}

/** The decoder, or why there is none. */
async function tryDecoder(name: DecoderName): Promise<Decoder | string> {
  if (name === 'ffmpeg') {
    const program = await findFfmpeg()
    return program ? new FfmpegDecoder(program) : 'no ffmpeg at FFMPEG_PATH, on PATH or among the npm packages'
  }
  try {
    // Distributed installers leave the package out, so it is looked for when it is wanted.
    const { NodeAvDecoder } = await import('./node-av/node-av-decoder')
    return new NodeAvDecoder()
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? 'unknown') : String(error)
  }
}
