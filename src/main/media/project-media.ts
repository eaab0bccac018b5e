import { basename, join } from 'node:path'
import { Failure } from '@shared/failures'
import type { Frame, PictureId, VideoId } from '@shared/ids'
import { MediaFolder } from './files/media-folder'
import type { Followed } from './follow/follow-box'
import type { FollowRequest } from './follow/follow-in-proxy'
import type { MediaService } from './media-service'
import type { Project } from '@main/project/project'

/** Films and pictures of a project's videos, by the video's id. */
export class ProjectMedia {
  private readonly folder: MediaFolder

  constructor(
    private readonly project: Project,
    private readonly media: MediaService,
  ) {
    this.folder = new MediaFolder(project.paths.media)
  }

  proxy(video: VideoId): string {
    const { proxyFile } = this.project.repositories.videos.get(video)
    // A project from elsewhere may name any path; its films lie in its own folder.
    return join(this.project.paths.media, basename(proxyFile ?? ''))
  }

  poster(video: VideoId): string {
    return this.files(video).poster
  }

  strip(video: VideoId): string {
    return this.files(video).strip
  }

  /** The picture of a word as WebP. Throws Failure NOT_FOUND where no word has it now. */
  picture(picture: PictureId): Uint8Array {
    return this.project.repositories.pictures.shown(picture)
  }

  /** One picture of the original as PNG, upright. Rejects with Failure FRAME_NOT_THERE, VIDEO_UNREADABLE. */
  async frame(video: VideoId, frame: Frame): Promise<Uint8Array> {
    const { path, frames } = this.project.repositories.videos.get(video)
    if (frame >= frames) throw new Failure('FRAME_NOT_THERE', { frame, frames })
    const [picture] = await this.media.pictures(this.project.paths.absolute(path), [frame])
    if (!picture) throw new Failure('FRAME_NOT_THERE', { frame, frames })
    return picture.bytes
  }

  /**
   * Follows a box from a frame on, in the pictures that are shown of a video.
   * Rejects with Failure VIDEO_UNREADABLE, or INTERRUPTED when stopped.
   */
  follow(video: VideoId, way: Omit<FollowRequest, 'video'>, signal?: AbortSignal): Promise<Followed> {
    const { path, frames, width, height, proxyWidth, proxyHeight, proxyFps } =
      this.project.repositories.videos.get(video)
    if (proxyWidth === null || proxyHeight === null || proxyFps === null)
      throw new Failure('VIDEO_UNREADABLE', { path, reason: 'Nothing of it could be decoded.' })
    const proxy = { path: this.proxy(video), frames, width: proxyWidth, height: proxyHeight, fps: proxyFps }
    return this.media.follow({ ...way, video: { ...proxy, source: { width, height } } }, { signal })
  }

  private files(video: VideoId) {
    return this.folder.files(basename(this.project.repositories.videos.get(video).sha256))
  }
}
