import type { ClassifierSettings } from '@shared/config/classifier'

/** Clips of real life with the answers and boxes that people gave them. */
export interface RealSet {
  /** Folder of the clips below the folder of all videos. */
  folder: string
  /** Files of answers and boxes, in the order they are imported. */
  labels: readonly string[]
  classifier: ClassifierSettings
  /** Parts of whole groups, one of which is the test of each seed; as the files of answers say when left out. */
  folds?: number
}

/** Flips would turn facing left into facing right. */
const small: ClassifierSettings = { size: 64, stem: 8, widths: [8, 16, 32, 32], batch: 16, flip: false, erase: 0.5 }

/** Six poses by 16 people, some of whom are only in the test clips; three seconds each. */
const yoga6: RealSet = {
  folder: 'yoga6',
  labels: ['answers.csv', 'boxes.jsonl'],
  classifier: { ...small, stride: 6, epochs: 24 },
}

/** Two tricks at 18 places, whole places at a time for the test: all but one place show one trick only. */
const skateboards: RealSet = {
  folder: 'skateboardml',
  labels: ['answers.csv'],
  classifier: { ...small, stride: 2, epochs: 24, flip: true },
  folds: 5,
}

/** By the name of their study. */
export const realSets: Readonly<Record<string, RealSet>> = { yoga6, skateboards }
