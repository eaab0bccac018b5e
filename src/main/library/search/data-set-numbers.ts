import type { Statistics } from '@shared/contract/library'
import type { AttributeId, ClassId } from '@shared/ids'
import type { Entry } from './entry'
import type { Vocabulary } from './matcher'
import { countPlaces } from './count-places'

/** Numbers of a data set, of its classes and of its vocabulary. */
export interface DataSetNumbers {
  statistics: Statistics
  classes: ReadonlyMap<ClassId, { train: number; test: number; videos: number }>
  attributes: ReadonlyMap<AttributeId, { videos: number; withBoxes: number }>
}

/** Counts everything in one walk. Table 1 of Kanehira et al. 2019 for this project, and the counts beside each name. */
export function numbersOf(videos: readonly Entry[], vocabulary: Vocabulary): DataSetNumbers {
  const classes = new Map(vocabulary.classes.map(({ id }) => [id, { train: 0, test: 0, videos: 0 }]))
  // A million answers are counted by their place: one look-up each.
  const place = new Map(vocabulary.attributes.map(({ id }, i) => [id, i]))
  const rows = new Map(vocabulary.classes.map(({ id }) => [id, new Uint32Array(place.size)]))
  const [ofNoClass, withBoxes] = [new Uint32Array(place.size), new Uint32Array(place.size)]
  const bySplit = { train: 0, test: 0, none: 0 }
  const boxes = { train: 0, test: 0 }
  for (const video of videos) {
    const split = video.split ?? 'none'
    bySplit[split]++
    const ofClass = video.class ? classes.get(video.class) : undefined
    if (split !== 'none') boxes[split] += video.boxes
    if (ofClass) ofClass.videos++
    if (ofClass && split !== 'none') ofClass[split]++
    countPlaces(video.present, place, (video.class && rows.get(video.class)) || ofNoClass)
    countPlaces(video.boxed, place, withBoxes)
  }
  const classByAttribute = vocabulary.classes.flatMap(({ id }) =>
    vocabulary.attributes.flatMap((attribute, i) => {
      const count = rows.get(id)?.[i] ?? 0
      return count > 0 ? [{ class: id, attribute: attribute.id, videos: count }] : []
    }),
  )
  const showing = vocabulary.attributes.map((_, i) =>
    [...rows.values(), ofNoClass].reduce((sum, row) => sum + (row[i] ?? 0), 0),
  )
  const counts = { classes: classes.size, attributes: place.size }
  const present = showing.reduce((sum, n) => sum + n, 0)
  const attributesPerVideo = videos.length > 0 ? present / videos.length : 0
  const attributes = new Map(
    vocabulary.attributes.map(({ id }, i) => [id, { videos: showing[i] ?? 0, withBoxes: withBoxes[i] ?? 0 }]),
  )
  return {
    statistics: { videos: bySplit, ...counts, attributesPerVideo, boxes, classByAttribute },
    classes,
    attributes,
  }
}
