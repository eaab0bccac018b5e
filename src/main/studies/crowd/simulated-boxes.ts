import { random } from '@main/learning/random'
import { type FrameBoxes, framesOf, tubeIou } from '@main/campaigns/agreement/tubes'
import { boxConsensus } from '@main/campaigns/consensus/box-consensus'
import { meanOf } from '@main/campaigns/agreement/spread'
import { ConsensusRule } from '@shared/config/campaign'
import type { Box } from '@shared/geometry/box'
import type { Keyframe } from '@shared/geometry/track'
import { AttributeId, ItemId, PersonId, TrackId } from '@shared/ids'

export interface BoxCrowdSize {
  seed: number
  videos: number
  /** Standard deviation of each side of a drawn box, px. */
  jitter: number
  /** Share of the objects that a person does not box at all. */
  missed: number
}

const frames = 90
/** A key frame every so many frames. */
const step = 15
const size = 48
const word = AttributeId.parse('ball')

/** How tubes fit the truth. */
interface Fit {
  /** Mean tube IoU over all videos; what is missing counts 0. */
  iou: number
  /** Over those that have a tube. */
  iouOfDrawn: number
}

/** What five people drew, and how it and its consensus fit the truth. */
export interface BoxCrowd {
  /** Of those who drew the right object, best first. */
  people: (Fit & { name: string })[]
  consensus: Fit
  /** Videos of which the consensus has no tube. */
  missing: number
  /** Objects that went to a reviewer. */
  toReview: number
}

/** Five people box one ball in each video, each with shaky hands; some leave it out, and the fifth boxes another thing. */
export function simulatedBoxes({ seed, videos, jitter, missed }: BoxCrowdSize): BoxCrowd {
  const people = ['a', 'b', 'c', 'd', 'e'].map((name) => PersonId.parse(name))
  const rule = ConsensusRule.parse({})
  const each = Array.from({ length: videos }, (_, video) => {
    const stream = random(seed, video, 17)
    const [truth, other] = [walk(stream), walk(stream)]
    const drawn = people.map((person, i) => {
      const isThere = !stream.chance(missed)
      const keyframes = (i === 4 ? other : truth).map((keyframe) => shaken(keyframe, () => stream.normal() * jitter))
      const track = { track: TrackId.parse(`${video} ${person}`), keyframes }
      return { person, tracks: isThere ? [track] : [] }
    })
    const item = ItemId.parse(`video ${video}`)
    const objects = boxConsensus({ item, frames, drawn: new Map([[word, drawn]]) }, rule)
    return { truth: framesOf(truth, frames), drawn, objects }
  })
  const own = people.slice(0, 4).map((person) => {
    const drawn = each.map((one) => one.drawn.find((by) => by.person === person)?.tracks[0]?.keyframes)
    const tubes = drawn.map((keyframes) => (keyframes ? framesOf(keyframes, frames) : null))
    return { name: String(person), ...fitOf(tubes, each) }
  })
  const kept = each.map(({ objects }) => objects.find(({ open }) => open === null)?.median ?? null)
  return {
    people: own.sort((a, b) => b.iou - a.iou),
    consensus: fitOf(kept, each),
    missing: kept.filter((tube) => !tube).length,
    toReview: each.flatMap(({ objects }) => objects.filter(({ open }) => open)).length,
  }
}

function fitOf(tubes: readonly (FrameBoxes | null)[], each: readonly { truth: FrameBoxes }[]): Fit {
  const ious = each.map(({ truth }, i) => {
    const tube = tubes[i]
    return tube ? tubeIou(tube, truth) : null
  })
  return { iou: meanOf(ious.map((iou) => iou ?? 0)) ?? 0, iouOfDrawn: meanOf(ious.filter((iou) => iou !== null)) ?? 0 }
}

/** A box that goes from place to place. */
function walk(stream: ReturnType<typeof random>): Keyframe[] {
  return Array.from({ length: Math.floor(frames / step) + 1 }, (_, i) => {
    const [x, y] = [stream.between(0, 270), stream.between(0, 190)]
    return { frame: Math.min(frames - 1, i * step), box: boxOf(x, y), outside: false, occluded: false }
  })
}

function boxOf(x: number, y: number): Box {
  return { x1: x, y1: y, x2: x + size, y2: y + size }
}

function shaken({ box, ...keyframe }: Keyframe, shake: () => number): Keyframe {
  return {
    ...keyframe,
    box: { x1: box.x1 + shake(), y1: box.y1 + shake(), x2: box.x2 + shake(), y2: box.y2 + shake() },
  }
}
