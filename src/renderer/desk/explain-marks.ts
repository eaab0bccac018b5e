import type { Track } from '@shared/contract/annotation'
import type { Card, SecondOpinion } from '@shared/contract/explanation'
import type { Box } from '@shared/geometry/box'
import type { Tube } from '@shared/geometry/tube'
import { boxAt } from '@shared/geometry/track'
import type { AttributeId, Frame } from '@shared/ids'
import type { Mark } from '@renderer/canvas/stage/marks'
import type { Point } from '@renderer/canvas/stage/view-transform'
import { score } from '@renderer/words/format'
import { tubeBoxAt } from '@shared/geometry/tube-at'

type SlotOf = (id: AttributeId) => number | null

/** The model's tube in a frame, with its name and score on the tab. */
export function tubeMark(card: Card, sampled: readonly Frame[], frame: Frame, slotOf: SlotOf): Mark[] {
  const box = tubeBoxAt(card.tube, sampled, frame)
  const label = `${card.name} ${score(card.score)}`
  return box
    ? [{ id: `tube-${card.attribute}`, box, look: 'tube', slot: slotOf(card.attribute), label, selected: false }]
    : []
}

/** The tube of another way to ask, in a frame. */
export function secondMark({ tube, name }: SecondOpinion, sampled: readonly Frame[], frame: Frame): Mark[] {
  const box = tubeBoxAt(tube, sampled, frame)
  const label = name === null ? 'Grad-CAM' : `Grad-CAM: ${name}`
  return box ? [{ id: 'second', box, look: 'area', slot: null, label, selected: false }] : []
}

/** People's boxes in a frame. */
export function truthMarks(tracks: readonly Track[], frame: Frame, slotOf: SlotOf): Mark[] {
  return tracks.flatMap(({ id, attribute, keyframes }): Mark[] => {
    const box = boxAt(keyframes, frame)
    const slot = attribute === null ? null : slotOf(attribute)
    return box ? [{ id: `truth-${id}`, box, look: 'truth', slot, label: '', selected: false }] : []
  })
}

/** Where the boxes of some tracks lie in a frame. */
export function truthBoxes(tracks: readonly Track[], frame: Frame): Box[] {
  return tracks.flatMap(({ keyframes }) => boxAt(keyframes, frame) ?? [])
}

/** The way of a tube's middle. */
export function tubeTrail(tube: Tube): Point[] {
  return tube.map(({ box }) => ({ x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 }))
}
