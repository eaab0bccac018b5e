import type { ConsensusRule } from '@shared/config/campaign'
import type { AttributeId, ItemId, PersonId, TrackId } from '@shared/ids'
import type { Keyframe } from '@shared/geometry/track'
import { type FrameBoxes, framesOf, tubeIou } from '@main/campaigns/agreement/tubes'
import { type Drawing, objectsOf } from './objects'

/** What one person drew of one word in one item; nothing, where they were asked and drew nothing. */
export interface Drawn {
  person: PersonId
  tracks: readonly { track: TrackId; keyframes: readonly Keyframe[] }[]
}

export interface ObjectConsensus {
  item: ItemId
  attribute: AttributeId
  members: { person: PersonId; track: TrackId; iou: number }[]
  median: FrameBoxes
  /** Share of the people asked who drew it. */
  share: number
  asked: number
  /** Why a reviewer has to look; null where it stands. `class`: others say the same object is another word. */
  open: 'few' | 'unmatched' | 'class' | null
}

type Member = Drawing<{ person: PersonId; track: TrackId }>

/**
 * Makes one set of objects of what several people drew of each word of an item.
 * @param frames of the video
 */
export function boxConsensus(
  { item, frames, drawn }: { item: ItemId; frames: number; drawn: ReadonlyMap<AttributeId, readonly Drawn[]> },
  rule: ConsensusRule,
): ObjectConsensus[] {
  const objects = [...drawn].flatMap(([attribute, people]) => {
    const drawings = people.map(({ person, tracks }): Member[] =>
      tracks.map(({ track, keyframes }) => ({ of: { person, track }, frames: framesOf(keyframes, frames) })),
    )
    return objectsOf(drawings, rule.sameObject).map(({ members, median }): ObjectConsensus => {
      const share = members.length / people.length
      const open = people.length < rule.minAnswers ? 'few' : share > rule.drawnBy ? null : 'unmatched'
      const told = members.map((one) => ({ ...one.of, iou: tubeIou(one.frames, median) }))
      return { item, attribute, members: told, median, share, asked: people.length, open }
    })
  })
  return objects.map((object) => (isOtherWord(object, objects, rule) ? { ...object, open: 'class' } : object))
}

/** What too few people call by this word, and somebody else by another. */
function isOtherWord(object: ObjectConsensus, all: readonly ObjectConsensus[], rule: ConsensusRule): boolean {
  if (object.open !== 'unmatched') return false
  const own = new Set(object.members.map(({ person }) => person))
  return all.some(
    ({ attribute, members, median }) =>
      attribute !== object.attribute &&
      members.some(({ person }) => !own.has(person)) &&
      tubeIou(median, object.median) >= rule.sameObject,
  )
}
