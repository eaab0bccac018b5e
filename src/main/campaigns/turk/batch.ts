import { basename } from 'node:path'
import { csvFile } from '@shared/csv'
import { layoutVariables } from './layout'

/** A video of a batch. */
export interface BatchVideo {
  name: string
  /** Its file, wherever it lies now; the batch takes its name. */
  path: string
  fps: number
  /** Words asked about in it; a layout of attributes asks all of its own. */
  attributes: readonly string[]
}

/**
 * The input of a batch: a line per task, the layouts' variables as columns.
 * @param base where the films are to be found: `https://…/clips/`, `clips/`, or '' for beside the page
 * @param excel begins with a byte-order mark, so that Excel knows the letters
 */
export function batchCsv(videos: readonly BatchVideo[], { base, excel }: { base: string; excel: boolean }): string {
  const lines = videos.map(({ name, path, fps, attributes }) => {
    const url = `${base}${encodeURIComponent(basename(path.replaceAll('\\', '/')))}`
    const cells = {
      video_url: url,
      video: name,
      fps: String(fps),
      attributes: attributes.map(encodeURIComponent).join('|'),
    }
    return layoutVariables.map((column) => cells[column])
  })
  return `${excel ? '\ufeff' : ''}${csvFile([[...layoutVariables], ...lines])}`
}
