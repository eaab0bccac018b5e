import type { Statistics } from '@shared/contract/library'
import type { AttributeId, ClassId } from '@shared/ids'
import type { Entry } from './entry'
import type { Vocabulary } from './matcher'

/** Numbers of a data set, of its classes and of its vocabulary. */
export interface DataSetNumbers {
  statistics: Statistics
  classes: ReadonlyMap<ClassId, { train: number; test: number; videos: number }>
  attributes: ReadonlyMap<AttributeId, { videos: number; withBoxes: number }>
}

/** Counts everything in one walk. Table 1 of Kanehira et al. 2019 for this project, and the counts beside each name. */
export function numbersOf(videos: readonly Entry[], vocabulary: Vocabulary): DataSetNumbers {
  const classes = new Map(vocabulary.classes.map(({ id }) => [id, { train: 0, test: 0, videos: 0 }]))
  const attributes = new Map(vocabulary.attributes.map(({ id }) => [id, { videos: 0, withBoxes: 0 }]))
  const pairs = new Map(vocabulary.classes.map(({ id }) => [id, new Map<AttributeId, number>()]))
  const bySplit = { train: 0, test: 0, none: 0 }
  const boxes = { train: 0, test: 0 }
  let present = 0
  for (const video of videos) {
    const split = video.split ?? 'none'
    bySplit[split]++
    const ofClass = video.class ? classes.get(video.class) : undefined
    const pairsOfClass = video.class ? pairs.get(video.class) : undefined
    if (split !== 'none') boxes[split] += video.boxes
    if (ofClass) ofClass.videos++
    if (ofClass && split !== 'none') ofClass[split]++
    for (const id of video.present) {
      const own = attributes.get(id)
      if (!own) continue
      own.videos++
      present++
      pairsOfClass?.set(id, (pairsOfClass.get(id) ?? 0) + 1)
    }
    for (const id of video.boxed) {
      const own = attributes.get(id)
      if (own) own.withBoxes++
    }
  }
  const classByAttribute = vocabulary.classes.flatMap(({ id }) =>
    vocabulary.attributes.flatMap((attribute) => {
      const count = pairs.get(id)?.get(attribute.id) ?? 0
      return count > 0 ? [{ class: id, attribute: attribute.id, videos: count }] : []
    }),
  )
  const counts = { classes: classes.size, attributes: attributes.size }
  const attributesPerVideo = videos.length > 0 ? present / videos.length : 0
  return {
    statistics: { videos: bySplit, ...counts, attributesPerVideo, boxes, classByAttribute },
    classes,
    attributes,
  }
}
