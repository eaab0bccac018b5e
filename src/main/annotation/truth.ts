import type { Box } from '@shared/geometry/box'
import { boxAt } from '@shared/geometry/track'
import type { AttributeId, Frame, VideoId } from '@shared/ids'
import type { Repositories } from '@main/store/repositories'

/** What people say a video shows, as explanations are measured against it. Source pixels, source ordinals. */
export interface VideoTruth {
  /** S(x): attributes said to be present. */
  assigned: Set<AttributeId>
  /** Per attribute its boxes in each frame asked for in which it is visible, between key frames too. */
  boxes: Map<AttributeId, Map<Frame, Box[]>>
  /** The same at the frames alone in which somebody set a box. */
  keyframes: Map<AttributeId, Map<Frame, Box[]>>
  /** Boxes of actors in each frame asked for. */
  actors: Map<Frame, Box[]>
}

/**
 * The truth of a video.
 * @param frames ordinals of interest; every frame of the video when left out
 * Throws Failure NOT_FOUND.
 */
export function truthOf(
  { videos, labels, tracks }: Pick<Repositories, 'videos' | 'labels' | 'tracks'>,
  video: VideoId,
  frames?: readonly Frame[],
): VideoTruth {
  const wanted = frames ?? Array.from({ length: videos.get(video).frames }, (_, i) => i)
  const truth: VideoTruth = {
    assigned: labels.present(video),
    boxes: new Map(),
    keyframes: new Map(),
    actors: new Map(),
  }
  for (const { attribute, kind, keyframes } of tracks.ofVideo(video)) {
    const boxes = wanted.flatMap((frame) => {
      const box = boxAt(keyframes, frame)
      return box ? [{ frame, box }] : []
    })
    if (kind === 'actor') add(truth.actors, boxes)
    if (!attribute) continue
    add(ofAttribute(truth.boxes, attribute), boxes)
    add(
      ofAttribute(truth.keyframes, attribute),
      keyframes.filter((k) => !k.outside),
    )
  }
  return truth
}

function ofAttribute(all: VideoTruth['boxes'], attribute: AttributeId): Map<Frame, Box[]> {
  const known = all.get(attribute)
  if (known) return known
  const fresh = new Map<Frame, Box[]>()
  all.set(attribute, fresh)
  return fresh
}

function add(to: Map<Frame, Box[]>, boxes: readonly { frame: Frame; box: Box }[]): void {
  for (const { frame, box } of boxes) to.set(frame, [...(to.get(frame) ?? []), box])
}
