import type { SideBySide } from '@shared/contract/campaign-quality'
import type { LabelValue } from '@shared/contract/library'
import type { Keyframe } from '@shared/geometry/track'
import { AttributeId, ItemId, PersonId, TrackId, VideoId } from '@shared/ids'

const people = ['Ann', 'Ben', 'Cid']

export function keyframesAt(x1: number, from = 0): Keyframe[] {
  return [{ frame: from, box: { x1, y1: 0, x2: x1 + 10, y2: 10 }, outside: false, occluded: false }]
}

/** Three people, two words of which one is open, and one object that two of them boxed. */
export function aSideBySide(of: Partial<SideBySide> = {}): SideBySide {
  const said: LabelValue[][] = [
    ['present', 'absent'],
    ['absent', 'absent'],
    ['present', 'absent'],
  ]
  const shares = { present: 0.62, absent: 0.35, unsure: 0.03 }
  const label = (i: number, isOpen: boolean) => {
    const attribute = AttributeId.parse(`a${i}`)
    return {
      attribute,
      name: ['pole', 'ball'][i] ?? '',
      shares,
      value: 'present',
      sure: 0.62,
      decided: false,
      isOpen,
    } as const
  }
  return {
    ...{ item: ItemId.parse('i0'), video: VideoId.parse('v0'), videoName: 'clip 0' },
    people: people.map((name, i) => ({
      ...{ person: PersonId.parse(name), name, seconds: 20 + i, gold: 0.9, leftOut: false },
      answers: { a0: said[i]?.[0], a1: said[i]?.[1] } as SideBySide['people'][number]['answers'],
      tracks:
        i < 2
          ? [{ track: TrackId.parse(`t${i}`), attribute: AttributeId.parse('a1'), keyframes: keyframesAt(i * 4) }]
          : [],
    })),
    labels: [label(1, false), label(0, true)],
    objects: [
      {
        ...{ attribute: AttributeId.parse('a1'), name: 'ball', isOpen: true, decided: false, median: keyframesAt(2) },
        members: [0, 1].map((i) => ({ person: PersonId.parse(people[i] ?? ''), track: `t${i}`, iou: 0.66 })),
        pairs: [{ a: PersonId.parse('Ann'), b: PersonId.parse('Ben'), iou: 0.43 }],
      },
    ],
    ...of,
  }
}
