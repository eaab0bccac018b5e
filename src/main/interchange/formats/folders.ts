import { z } from 'zod'
import { bareVideo, defineFormat } from '@main/interchange/format'
import { splitOf } from './video-lists'

const video = /\.(avi|mp4|mov|mkv|webm|seq|mpe?g|m4v|wmv|flv)$/i

/** Plain folders of videos: the folder a video lies in is its class, a folder `train` or `test` above it its split. */
export const folders = defineFormat({
  name: 'folders',
  title: 'Folders named after classes',
  extensions: [],
  options: z.object({}),
  losses: [],
  detect({ isFolder, files }) {
    const inside = isFolder ? files.filter((file) => video.test(file) && file.includes('/')) : []
    return inside.length > 0 ? { confidence: 0.3, why: `it holds videos in folders, such as ${inside[0] ?? ''}` } : null
  },
  async *read(source, _options, reading) {
    for (const path of source.files()) {
      const above = path.split('/').slice(0, -1)
      const ofClass = above.at(-1)
      if (!video.test(path) || ofClass === undefined) continue
      reading.read(1)
      const split =
        above
          .slice(0, -1)
          .map(sideOf)
          .find((side) => side !== null) ?? null
      yield { kind: 'video', line: null, video: bareVideo(path, { class: ofClass, split }) }
    }
  },
})

function sideOf(folder: string) {
  return /^(train(ing)?|test(ing)?|val(idation)?)$/i.test(folder) ? splitOf(folder) : null
}
