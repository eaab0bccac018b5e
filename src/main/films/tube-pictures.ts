import sharp from 'sharp'
import type { Box } from '@shared/geometry/box'
import { boxAt } from '@shared/geometry/track'
import { tubeBoxAt } from '@shared/geometry/tube-at'
import type { Tube } from '@shared/geometry/tube'
import type { Frame, VideoId } from '@shared/ids'
import { dataUrl } from '@main/files/data-url'
import type { MediaService } from '@main/media/media-service'
import type { ProjectMedia } from '@main/media/project-media'
import type { ReportPicture } from '@main/report/report-example'
import type { Repositories } from '@main/store/repositories'
import type { WholeTrack } from '@main/store/repositories/track-repository'

/** A tube in a video, and people's tracks of what it names. */
export interface TubeInVideo {
  video: VideoId
  tube: Tube
  /** Source frames of the clip that the model saw; between them the nearest one's box stands. */
  sampled: readonly Frame[]
  truth: readonly WholeTrack[]
}

/** Small videos are drawn larger, so that lines do not hide them, but no more than this. */
const mostEnlarged = 4

/** Pictures of a video with the boxes of a tube and of people, in the pictures' own pixels. */
export class TubePictures {
  constructor(private readonly parts: { repositories: Repositories; media: MediaService; files: ProjectMedia }) {}

  /**
   * The pictures at some frames, in rising order.
   * @param longest side of a picture, px; both sides are even, as films want them
   */
  async read(
    shown: TubeInVideo,
    { frames, longest, signal }: { frames: readonly Frame[]; longest: number; signal?: AbortSignal },
  ): Promise<ReportPicture[]> {
    const { repositories, media, files } = this.parts
    const { width: w, height: h } = repositories.videos.get(shown.video)
    const scale = Math.min(mostEnlarged, longest / Math.max(w, h))
    const [width, height] = [even(w * scale), even(h * scale)]
    const read = await media.pictures(files.proxy(shown.video), frames, { format: 'jpeg', signal })
    return Promise.all(
      read.map(async ({ ordinal: frame, bytes }) => {
        const jpeg = await sharp(bytes).resize(width, height, { fit: 'fill' }).jpeg({ quality: 88 }).toBuffer()
        const inPicture = (box: Box) => scaled(box, width / w, height / h)
        const tube = tubeBoxAt(shown.tube, shown.sampled, frame)
        return {
          ...{ frame, width, height, src: dataUrl(jpeg, 'image/jpeg') },
          tube: tube && inPicture(tube),
          truth: shown.truth.flatMap(({ keyframes }) => boxAt(keyframes, frame) ?? []).map(inPicture),
        }
      }),
    )
  }
}

function even(length: number): number {
  return Math.max(2, 2 * Math.round(length / 2))
}

function scaled({ x1, y1, x2, y2 }: Box, x: number, y: number): Box {
  return { x1: x1 * x, y1: y1 * y, x2: x2 * x, y2: y2 * y }
}
