import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FilmFormat, MadeFile, TubeFilm } from '@shared/contract/films'
import { stripFrames } from '@shared/geometry/tube-at'
import type { AttributeId, Frame, VideoId } from '@shared/ids'
import type { ProjectMedia } from '@main/media/project-media'
import type { MediaService } from '@main/media/media-service'
import { colorOf } from '@main/report/attribute-color'
import type { Repositories } from '@main/store/repositories'
import type { WholeTrack } from '@main/store/repositories/track-repository'
import { animatedWebp, filmPixels, stripPng } from './drawn'
import { type TubeInVideo, TubePictures } from './tube-pictures'

/** Pictures of a strip. */
const inStrip = 8
const stripSide = 240
const filmSide = 480
/** Of a longer clip every second picture is shown, or every third, at the rate that keeps its pace. */
const mostPictures = 240

const types: Record<FilmFormat, string> = { strip: 'image/png', webp: 'image/webp', mp4: 'video/mp4' }
export const filmEndings: Record<FilmFormat, string> = { strip: '.png', webp: '.webp', mp4: '.mp4' }

/** A tube drawn over its video, to be shown elsewhere: a strip of pictures, an animated picture, or a film. */
export class TubeFilms {
  readonly pictures: TubePictures

  constructor(private readonly parts: { repositories: Repositories; media: MediaService; files: ProjectMedia }) {
    this.pictures = new TubePictures(parts)
  }

  /** Rejects with Failure NOT_FOUND, VIDEO_UNREADABLE, FRAME_NOT_THERE. */
  async make({ format, words, ...asked }: TubeFilm, signal?: AbortSignal): Promise<MadeFile> {
    const bytes = await this.bytes(format, { ...asked, words }, signal)
    return { type: types[format], base64: Buffer.from(bytes).toString('base64') }
  }

  /** The same as bytes of a file. */
  async bytes(format: FilmFormat, asked: Omit<TubeFilm, 'format'>, signal?: AbortSignal): Promise<Uint8Array> {
    const shown = this.shown(asked)
    const color = this.color(asked.attribute)
    if (format === 'strip') {
      const frames = stripFrames(shown.sampled, inStrip)
      return stripPng(await this.pictures.read(shown, { frames, longest: stripSide, signal }), color, asked.words)
    }
    const step = stepOf(shown.sampled)
    const frames = allFrames(shown.sampled, step)
    const pictures = await this.pictures.read(shown, { frames, longest: filmSide, signal })
    const { width, height } = pictures[0] ?? { width: 2, height: 2 }
    const fps = Math.max(1, Math.round(this.parts.repositories.videos.get(asked.video).fps / step))
    const pixels = await filmPixels(pictures, color)
    signal?.throwIfAborted()
    return format === 'webp'
      ? animatedWebp(pixels, { width, height, fps })
      : this.mp4(pixels, { width, height, fps }, signal)
  }

  /** What people drew of an attribute in a video, as it counts in a measurement. */
  truth(video: VideoId, attribute: AttributeId | null): WholeTrack[] {
    const { tracks } = this.parts.repositories
    return attribute === null ? [] : tracks.counted([video]).filter((track) => track.attribute === attribute)
  }

  color(attribute: AttributeId | null): string {
    const { attributes } = this.parts.repositories
    return colorOf(attributes.rows().find(({ id }) => id === attribute)?.slot ?? 0)
  }

  private shown({ video, tube, sampled, attribute }: Omit<TubeFilm, 'format' | 'words'>): TubeInVideo {
    const frames = sampled.length > 0 ? sampled : tube.map(({ frame }) => frame)
    return { video, tube, sampled: frames, truth: this.truth(video, attribute) }
  }

  private async mp4(
    pixels: Uint8Array,
    size: { width: number; height: number; fps: number },
    signal?: AbortSignal,
  ): Promise<Uint8Array> {
    const folder = await mkdtemp(join(tmpdir(), 'whynot-film-'))
    try {
      const file = join(folder, 'tube.mp4')
      await this.parts.media.encodeClips([{ file, ...size, lossless: false, pixels }], { signal })
      return await readFile(file)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

function stepOf(sampled: readonly Frame[]): number {
  return Math.max(1, Math.ceil((Math.max(...sampled) - Math.min(...sampled) + 1) / mostPictures))
}

/** Every `step`th frame of the clip. */
function allFrames(sampled: readonly Frame[], step: number): Frame[] {
  const [first, last] = [Math.min(...sampled), Math.max(...sampled)]
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step)
}
