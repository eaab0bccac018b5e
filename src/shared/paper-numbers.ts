/** What Kanehira et al. (CVPR 2019) print in Tables 1 to 4, by data set. */
export interface PaperNumbers {
  name: string
  /** Their baseline takes its region from here. */
  baselineRegion: string
  videos: number
  classes: number
  attributes: number
  boxes: number
  /** Table 2: share of outputs whose mask lowers p(A). */
  decrease: Both<number>
  /** Table 3: concept accuracy at top-1, top-3, top-5. */
  concept: Both<readonly [number, number, number]>
  /** Table 4: NCA top-3, n = 3, with one, two and three fully connected layers. */
  fcLayers: Both<readonly [number, number, number]>
}

interface Both<Value> {
  baseline: Value
  proposed: Value
}

export const paperNumbers: readonly PaperNumbers[] = [
  {
    name: 'Olympic Sports',
    baselineRegion: 'centre crop',
    ...{ videos: 783, classes: 16, attributes: 39, boxes: 949 },
    decrease: { baseline: 0.76, proposed: 0.89 },
    concept: { baseline: [0.02, 0.07, 0.12], proposed: [0.13, 0.38, 0.59] },
    fcLayers: { baseline: [0.45, 0.44, 0.46], proposed: [0.62, 0.64, 0.59] },
  },
  {
    name: 'UCF101-24',
    baselineRegion: 'actor track',
    ...{ videos: 3204, classes: 24, attributes: 40, boxes: 6128 },
    decrease: { baseline: 0.68, proposed: 0.88 },
    concept: { baseline: [0.02, 0.07, 0.13], proposed: [0.14, 0.41, 0.65] },
    fcLayers: { baseline: [0.45, 0.43, 0.44], proposed: [0.64, 0.62, 0.61] },
  },
]
