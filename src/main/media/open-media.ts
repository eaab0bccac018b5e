import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ClipLoader, type LoaderOptions } from './clips/clip-loader'
import { threadEntry } from './clips/decode-thread'
import type { DecoderChoice } from './decode/open-decoder'
import { MediaPool } from './media-pool'
import { MediaService } from './media-service'
import { type StartProcess, forkEntry } from '@main/process/process-channel'

/**
 * The built file of a process entry, found from the folder of whoever runs: the build puts shared code into folders
 * below its entries.
 */
function builtFile(name: string, from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, `${name}.js`)
    if (existsSync(file)) return file
    const built = join(folder, 'out', 'main', `${name}.js`)
    if (existsSync(built)) return built
    if (dirname(folder) === folder) throw new Error(`${name}.js is not built`)
  }
}

/** Media with two processes. Electron's host gives its own way of starting them. */
export function openMedia(start: StartProcess = forkEntry(builtFile('decoder')), processes = 2): MediaService {
  return new MediaService(new MediaPool(start, processes))
}

/** Clips on threads of this process. */
export function openClipLoader(decoder: DecoderChoice = 'auto', options?: LoaderOptions): ClipLoader {
  return new ClipLoader(threadEntry(builtFile('decode-thread'), { decoder }), options)
}
