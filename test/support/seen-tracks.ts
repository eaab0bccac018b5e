import type { NeutralVideo } from '@main/interchange/dataset'
import { shownFrames } from '@main/interchange/kit/dense-track'
import { wordOf } from '@main/interchange/kit/said'

/** A track as a film shows it: its word, and every frame it is seen in. */
export interface SeenTrack {
  word: string
  boxes: { frame: number; box: number[]; occluded: boolean }[]
}

/** The tracks of a video of which anything is seen, in a fixed order. */
export function seenTracks({ tracks, frames }: Pick<NeutralVideo, 'tracks' | 'frames'>): SeenTrack[] {
  return tracks
    .map((one) => ({
      word: wordOf(one),
      boxes: [...shownFrames(one.keyframes, frames!)].map(({ frame, box, occluded }) => {
        return { frame, box: [box.x1, box.y1, box.x2, box.y2], occluded }
      }),
    }))
    .filter(({ boxes }) => boxes.length > 0)
    .sort((a, b) => (JSON.stringify([a.word, a.boxes]) < JSON.stringify([b.word, b.boxes]) ? -1 : 1))
}

/** Whether two tracks show the same, each side of each box within `px`. */
export function isSeenAlike(a: SeenTrack, b: SeenTrack, { px, occluded }: { px: number; occluded: boolean }): boolean {
  return (
    a.word === b.word &&
    a.boxes.length === b.boxes.length &&
    a.boxes.every((box, i) => {
      const other = b.boxes[i]!
      const isNear = box.box.every((side, k) => Math.abs(side - other.box[k]!) <= px)
      return box.frame === other.frame && isNear && (!occluded || box.occluded === other.occluded)
    })
  )
}
