import { realpath } from 'node:fs/promises'
import { dirname, join, normalize, sep } from 'node:path'
import { type Actor, owner } from '@shared/actor'
import { Failure } from '@shared/failures'
import type { Frame } from '@shared/ids'
import { PictureId, VideoId } from '@shared/ids'
import { type Answer, bytesAnswer, fileAnswer, textAnswer } from './answers'

/** Where the pictures and films of the open project are. */
export interface MediaFiles {
  proxy(video: VideoId): string
  poster(video: VideoId): string
  strip(video: VideoId): string
  /** The picture of a word, as WebP. */
  picture(picture: PictureId): Uint8Array
  /** The picture as PNG at source resolution, upright. */
  frame(video: VideoId, frame: Frame): Promise<Uint8Array>
}

export interface OriginRequest {
  pathname: string
  range: string | null
  /** Who asks; the owner of the machine when left out. */
  actor?: Actor
}

// Contents under an id may change when a video is linked again, so the browser asks each time whether they did.
const kept = { 'cache-control': 'private, no-cache' }

/** The window's files and the project's films under one origin, the same for every host. */
export class Origin {
  constructor(
    private readonly rendererFolder: string,
    private readonly media: () => MediaFiles,
    /** Whether somebody may see a video. */
    private readonly maySee: (actor: Actor, video: VideoId) => boolean = () => true,
  ) {}

  /** Answers a GET or HEAD; never rejects. */
  async answer({ pathname, range, actor = owner }: OriginRequest): Promise<Answer> {
    try {
      const path = decodeURIComponent(pathname)
      return path.startsWith('/media/') ? await this.mediaAnswer(path, range, actor) : await this.page(path, range)
    } catch (error) {
      if (error instanceof URIError) return textAnswer(400, 'This address is not valid.')
      if (error instanceof Failure) return textAnswer(error.code === 'NO_PROJECT' ? 409 : 404, error.message)
      return textAnswer(500, 'This file could not be read.')
    }
  }

  private async mediaAnswer(path: string, range: string | null, actor: Actor): Promise<Answer> {
    const [, , id = '', what = '', name = ''] = path.split('/')
    if (id === 'pictures') return this.wordPicture(what)
    const video = VideoId.safeParse(id)
    if (!video.success) return textAnswer(404, 'Not found.')
    if (!this.maySee(actor, video.data)) return textAnswer(403, 'This video was not given to you.')
    if (what === 'proxy.mp4') return this.ownFile(this.media().proxy(video.data), range, kept)
    if (what === 'poster.jpg') return this.ownFile(this.media().poster(video.data), range, kept)
    if (what === 'strip.jpg') return this.ownFile(this.media().strip(video.data), range, kept)
    const frame = what === 'frames' ? /^(\d{1,9})\.png$/.exec(name)?.[1] : undefined
    if (frame === undefined) return textAnswer(404, 'Not found.')
    return bytesAnswer(await this.media().frame(video.data, Number(frame)), 'image/png', kept)
  }

  /** Words are told to everybody who is let in, and so are their pictures. */
  private wordPicture(name: string): Answer {
    const picture = PictureId.safeParse(name.replace(/\.webp$/, ''))
    if (!picture.success) return textAnswer(404, 'Not found.')
    return bytesAnswer(this.media().picture(picture.data), 'image/webp', kept)
  }

  /** A file of the project's media folder; one that is a link out of it is not shown. */
  private async ownFile(file: string, range: string | null, headers: Record<string, string>): Promise<Answer> {
    const [really, folder] = await Promise.all([file, dirname(file)].map((path) => realpath(path).catch(() => null)))
    if (!really || !folder || dirname(really) !== folder) return textAnswer(404, 'Not found.')
    return fileAnswer(really, range, headers)
  }

  /** A file of the window. An address without an ending is a place inside it, which its page knows behind the #. */
  private async page(path: string, range: string | null): Promise<Answer> {
    const inside = normalize(path).replace(/^([/\\])+/, '')
    if (inside.split(sep).includes('..') || inside.includes('\0')) return textAnswer(404, 'Not found.')
    const isPage = inside === '' || inside === '.'
    if (!isPage && !/\.[a-z0-9]+$/i.test(inside))
      return textAnswer(302, '', { location: `/#/${encodeURI(inside.split(sep).join('/'))}` })
    const file = join(this.rendererFolder, isPage ? 'index.html' : inside)
    // Built files carry a hash of their content in their names.
    const caching = inside.startsWith('assets') ? 'private, max-age=31536000, immutable' : 'no-store'
    return fileAnswer(file, range, { 'cache-control': caching })
  }
}
