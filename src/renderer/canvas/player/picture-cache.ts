import { bytesPerMegabyte } from '@shared/megabytes'
import type { Frame } from '@shared/ids'
import type { DecodedPicture } from './frame-source'

/** Decoded pictures of one video by frame, the least recently used closed first when the budget is spent. */
export class PictureCache {
  private readonly pictures = new Map<Frame, DecodedPicture>()

  /** @param most pictures kept at once */
  constructor(private readonly most: number) {}

  get(frame: Frame): DecodedPicture | null {
    const picture = this.pictures.get(frame)
    if (!picture) return null
    // A Map keeps the order of insertion, so putting it back makes it the youngest.
    this.pictures.delete(frame)
    this.pictures.set(frame, picture)
    return picture
  }

  has(frame: Frame): boolean {
    return this.pictures.has(frame)
  }

  /** Takes a picture over; one of the same frame that is there already stays and the new one is closed. */
  add(picture: DecodedPicture): void {
    if (this.pictures.has(picture.frame)) return picture.close()
    this.pictures.set(picture.frame, picture)
    for (const [frame, old] of this.pictures) {
      if (this.pictures.size <= this.most) return
      this.pictures.delete(frame)
      old.close()
    }
  }

  clear(): void {
    for (const picture of this.pictures.values()) picture.close()
    this.pictures.clear()
  }
}

/** Pictures that fit `megabytes` at four bytes a pixel; at least four groups of twelve, so that steps backwards are cheap. */
export function cacheSize(width: number, height: number, megabytes = 160): number {
  return Math.min(600, Math.max(48, Math.floor((megabytes * bytesPerMegabyte) / Math.max(1, width * height * 4))))
}
