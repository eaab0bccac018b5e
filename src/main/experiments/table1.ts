import { paperNumbers } from '@shared/paper-numbers'
import type { Table } from './result'

/** What there is of a split, or of all videos. */
export interface DataCounts {
  part: string
  videos: number
  classes: number
  /** Words that at least one of these videos has. */
  attributes: number
  /** Pairs of a video and an attribute it has. */
  assigned: number
  /** Boxed instances: a track each. */
  tracks: number
  /** Boxes that people set: key frames that show one. */
  boxes: number
  videosWithBoxes: number
}

/** Table 1: statistics of the data. */
export function table1(project: string, counts: readonly DataCounts[]): Table {
  return {
    columns: [
      { key: 'data', title: 'Data' },
      { key: 'videos', title: 'videos' },
      { key: 'classes', title: 'classes' },
      { key: 'attributes', title: 'attributes' },
      { key: 'assigned', title: 'assigned attributes' },
      { key: 'tracks', title: 'boxed instances (tracks)' },
      { key: 'boxes', title: 'boxes set by people' },
      { key: 'videosWithBoxes', title: 'videos with boxes' },
    ],
    rows: [
      ...counts.map(({ part, ...numbers }) => ({
        source: 'project' as const,
        cells: { data: `${project}, ${part}`, ...numbers },
      })),
      ...paperNumbers.map(({ name, videos, classes, attributes, boxes }) => ({
        source: 'paper' as const,
        // "bbox" of the paper: a box for an attribute of a test clip. One instance each, hence beside the tracks.
        cells: { data: `Paper, ${name}`, videos, classes, attributes, tracks: boxes },
      })),
    ],
  }
}
