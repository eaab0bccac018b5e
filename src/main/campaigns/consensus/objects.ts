import { type FrameBoxes, drawnAlike, matched } from '@main/campaigns/agreement/tubes'
import { medianFrames } from './median-tube'

/** What one person drew of a word in a video: any number of objects. */
export interface Drawing<Of> {
  of: Of
  frames: FrameBoxes
}

/** Tracks of several people that are of one object, and their median. */
export interface DrawnObject<Of> {
  members: Drawing<Of>[]
  median: FrameBoxes
}

/** How often the groups are found again from their medians. */
const rounds = 3

/**
 * Which tracks of several people are of the same object: each person's tracks are matched with the medians found so far
 * (the Hungarian method), beginning with the person most like the others; what overlaps less than `sameObject` is an
 * object of its own. Then once more from those medians, so that the beginning does not count.
 * @param drawings of each person, who drew none among them
 */
export function objectsOf<Of>(drawings: readonly (readonly Drawing<Of>[])[], sameObject: number): DrawnObject<Of>[] {
  let objects = grouped(mostAlikeFirst(drawings), [], sameObject)
  for (let round = 1; round < rounds; round++) {
    const medians = objects.map(({ median }) => median)
    objects = grouped(drawings, medians, sameObject)
  }
  return objects
}

function grouped<Of>(
  drawings: readonly (readonly Drawing<Of>[])[],
  medians: readonly FrameBoxes[],
  sameObject: number,
): DrawnObject<Of>[] {
  const objects: DrawnObject<Of>[] = medians.map((median) => ({ members: [], median }))
  for (const own of drawings) {
    const pairs = matched(
      own.map(({ frames }) => frames),
      objects.map(({ median }) => median),
    ).filter(({ iou }) => iou >= sameObject)
    const placeOf = new Map(pairs.map(({ a, b }) => [a, b]))
    own.forEach((drawing, i) => {
      const object = objects[placeOf.get(i) ?? -1]
      if (object) object.members.push(drawing)
      else objects.push({ members: [drawing], median: drawing.frames })
    })
    if (medians.length === 0) for (const object of objects) object.median = medianOf(object)
  }
  return objects.filter(({ members }) => members.length > 0).map((object) => ({ ...object, median: medianOf(object) }))
}

function medianOf<Of>({ members }: Pick<DrawnObject<Of>, 'members'>): FrameBoxes {
  return medianFrames(members.map(({ frames }) => frames))
}

function mostAlikeFirst<Of>(drawings: readonly (readonly Drawing<Of>[])[]): (readonly Drawing<Of>[])[] {
  const frames = drawings.map((own) => own.map((drawing) => drawing.frames))
  const likeness = frames.map((own, i) =>
    frames.reduce((sum, other, j) => sum + (i === j ? 0 : (drawnAlike(own, other) ?? 0)), 0),
  )
  return drawings
    .map((own, i) => ({ own, likeness: likeness[i] ?? 0 }))
    .sort((a, b) => b.likeness - a.likeness)
    .map(({ own }) => own)
}
