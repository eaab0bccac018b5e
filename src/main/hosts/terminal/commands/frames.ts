import { resolve } from 'node:path'
import { Failure } from '@shared/failures'
import { parseOrdinals } from '@shared/ordinals'
import { Command } from 'commander'
import type { DecoderChoice } from '@main/media/decode/open-decoder'
import type { MediaService } from '@main/media/media-service'
import { openMedia } from '@main/media/open-media'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'
import { decoderOption, readingOptions } from './probe'

interface FramesOptions {
  decoder: DecoderChoice
  frames?: string
  out: string
  json?: boolean
}

/** `whynot frames`: writes exact pictures of a video as PNG, upright, named by ordinal. */
export function framesCommand(terminal: Terminal, open: () => MediaService = () => openMedia(undefined, 1)): Command {
  return new Command('frames')
    .description('Write exact pictures of a video, upright, as PNG named by ordinal (000005.png)')
    .argument('<file>', 'a video, a .seq film, or a folder of numbered pictures')
    .addOption(decoderOption())
    .option('--frames <list>', 'ordinals from 0, such as 0,5,10-19; all when left out')
    .requiredOption('--out <folder>', 'where the pictures go')
    .option('--json', 'print one JSON object')
    .action(async (file: string, options: FramesOptions) => {
      const ordinals = options.frames === undefined ? null : parseOrdinals(options.frames)
      if (options.frames !== undefined && !ordinals)
        throw new Failure('BAD_SETTING', { setting: '--frames', reason: 'It takes ordinals such as 0,5,10-19.' })
      const media = open()
      try {
        const folder = resolve(terminal.cwd, options.out)
        const reading = readingOptions(terminal, options.decoder)
        const files = await media.writePictures(resolve(terminal.cwd, file), { ordinals, folder }, reading)
        terminal.bar(null)
        if (options.json) terminal.json({ out: folder, files })
        else terminal.say(`${files.length} pictures written to ${folder}`)
      } finally {
        media.close()
      }
    })
}
