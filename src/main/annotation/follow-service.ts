import type { Actor } from '@shared/actor'
import type { Propagated } from '@shared/contract/annotation'
import { Failure } from '@shared/failures'
import type { Box } from '@shared/geometry/box'
import { thinned } from '@shared/geometry/thinned'
import { type Keyframe, boxAt } from '@shared/geometry/track'
import type { Frame, TrackId, VideoId } from '@shared/ids'
import type { Followed } from '@main/media/follow/follow-box'
import type { ProjectMedia } from '@main/media/project-media'
import type { Project } from '@main/project/project'
import type { AnnotationService } from './annotation-service'

interface Asked {
  video: VideoId
  track: TrackId
  frame: Frame
  /** At most so many frames on. */
  frames: number
}

/** Carries a box on by itself: what is in it is followed from picture to picture, and what was found is proposed. */
export class FollowService {
  constructor(
    private readonly project: Project,
    private readonly media: Pick<ProjectMedia, 'follow'>,
    private readonly annotation: AnnotationService,
  ) {}

  /**
   * Follows the box that a track has at `frame`, up to the frame before its next key frame that a person set. Proposals
   * there were before on that way go. Throws Failure BAD_SETTING where there is no box, or no way to go;
   * NOT_FOUND, NOT_ALLOWED, VIDEO_UNREADABLE.
   */
  async propagate(actor: Actor, { video, track, frame, frames }: Asked, signal?: AbortSignal): Promise<Propagated> {
    const { keyframes } = this.annotation.track(actor, { video, track })
    const last = this.project.repositories.videos.get(video).frames - 1
    const next = keyframes.find((k) => k.frame > frame && !k.proposed)?.frame ?? null
    const box = boxAt(keyframes, frame)
    if (!box) throw refused('the track is not visible there; go to a frame that has its box')
    const until = (next ?? last + 1) - 1
    if (until <= frame) throw refused('there is no frame between it and the next key frame, or the end of the video')
    const to = Math.min(until, frame + frames)
    const followed = await this.media.follow(video, { from: frame, to, box }, signal)
    const proposals = proposalsOf(followed, { frame, box, until, occluded: occludedAt(keyframes, frame) })
    const reached = followed.boxes.at(-1)?.frame ?? frame
    const words = wordsOf(followed.ended, { reached, meets: next !== null && reached === until })
    const propose = () => this.annotation.propose(actor, { video, track, keyframes: proposals, until })
    return { ...(await this.project.write(propose)), reached, words }
  }
}

interface Start {
  frame: Frame
  box: Box
  until: Frame
  occluded: boolean
}

/** As few key frames as hold the way within a pixel, or a fiftieth of the box; where it leaves the picture it is outside. */
function proposalsOf({ boxes, ended }: Followed, { frame, box, until, occluded }: Start): Keyframe[] {
  const off = Math.max(1, Math.max(box.x2 - box.x1, box.y2 - box.y1) / 50)
  const way = thinned([{ frame, box }, ...boxes], off)
  const found = boxes.length > 0 ? way.map((one) => ({ frame: one.frame, box: one.box, outside: false, occluded })) : []
  const end = found.at(-1)
  const isGone = ended === 'edge' && end && end.frame < until
  return isGone ? [...found, { ...end, frame: end.frame + 1, outside: true }] : found
}

function wordsOf(ended: Followed['ended'], { reached, meets }: { reached: Frame; meets: boolean }): string {
  if (ended === 'flat') return 'There is nothing in this box to hold on to: it is of one colour, or hardly any size.'
  if (ended === 'weak')
    return `Stopped after frame ${reached}: nothing in frame ${reached + 1} is enough like the box. Set it there and go on.`
  if (ended === 'edge') return `Stopped after frame ${reached}: it leaves the picture there.`
  return meets ? `Followed to frame ${reached}, where its next key frame is.` : `Followed to frame ${reached}.`
}

function occludedAt(keyframes: readonly Keyframe[], frame: Frame): boolean {
  return keyframes.findLast((k) => k.frame <= frame)?.occluded ?? false
}

function refused(reason: string): Failure {
  return new Failure('BAD_SETTING', { setting: 'frame', reason })
}
