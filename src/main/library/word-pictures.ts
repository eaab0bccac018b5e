import { type Actor, requireRole } from '@shared/actor'
import type { PictureSource } from '@shared/contract/vocabulary'
import type { Change } from '@shared/contract/system'
import { type Box, area, clip } from '@shared/geometry/box'
import type { AttributeId, Frame, PictureId, VideoId } from '@shared/ids'
import { putAttribute } from '@main/edits/library/attributes'
import type { Project } from '@main/project/project'

/** What makes pictures of files and of frames. */
interface PictureMaker {
  /** A frame of a video as it is shown, at source resolution. */
  frame(video: VideoId, frame: Frame): Promise<Uint8Array>
  /** A part of a picture, small enough to be kept. */
  small(bytes: Uint8Array, wanted: { part: Box | null; longest: number }): Promise<Uint8Array>
}

/** Room about a box, of its longer side: what is shown is known by what it stands in. */
const margin = 0.2

/** Longest side of what is kept, px. */
const longest = 480

/** The pictures of words: each change one step that can be undone, as those of the words themselves. */
export class WordPictures {
  constructor(
    private readonly project: Project,
    private readonly maker: PictureMaker,
    private readonly onChange: (change: Change) => void,
  ) {}

  /**
   * Gives a word a picture, in the place of the one it had.
   * Rejects with Failure NOT_FOUND, PICTURE_UNUSABLE, FRAME_NOT_THERE or VIDEO_UNREADABLE.
   */
  async set(actor: Actor, id: AttributeId, source: PictureSource): Promise<void> {
    requireRole(actor, 'reviewer')
    this.project.repositories.attributes.get(id)
    const bytes = await this.made(source)
    await this.change(actor, id, () => this.project.repositories.pictures.keep(bytes))
  }

  /** Rejects with Failure NOT_FOUND. A word that has none stays as it is. */
  async remove(actor: Actor, id: AttributeId): Promise<void> {
    requireRole(actor, 'reviewer')
    if (this.project.repositories.attributes.get(id).picture !== null) await this.change(actor, id, () => null)
  }

  private async change(actor: Actor, id: AttributeId, kept: () => PictureId | null): Promise<void> {
    await this.project.write(() => {
      const picture = kept()
      const row = this.project.repositories.attributes.get(id)
      const label = picture ? `Give ${row.name} a picture` : `Take the picture of ${row.name} away`
      const edit = putAttribute.of({ row: { ...row, picture } })
      this.project.history.doAll({ scope: 'library', person: actor.id }, label, [edit])
    })
    this.onChange({ area: 'library', ids: [] })
  }

  private async made(source: PictureSource): Promise<Uint8Array> {
    if ('base64' in source) return this.maker.small(Buffer.from(source.base64, 'base64'), { part: null, longest })
    const { video, frame, box } = source
    const size = this.project.repositories.videos.get(video)
    const part = box && clip(withRoom(box), size)
    const bytes = await this.maker.frame(video, frame)
    return this.maker.small(bytes, { part: part && area(part) > 0 ? part : null, longest })
  }
}

function withRoom({ x1, y1, x2, y2 }: Box): Box {
  const room = margin * Math.max(x2 - x1, y2 - y1)
  return { x1: x1 - room, y1: y1 - room, x2: x2 + room, y2: y2 + room }
}
