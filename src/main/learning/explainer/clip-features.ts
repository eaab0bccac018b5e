/** What the frozen classifier says of one clip: all an explanation ever needs of it. */
export interface ClipFeatures {
  /** h(x), one [T, rows, cols, d] per tap. */
  maps: readonly Float32Array[]
  /** p(c|x), [C] */
  probabilities: Float32Array
}

/** Features of a data set, computed once: training an explanation never runs the classifier again. */
export interface FeatureSource {
  readonly count: number
  get(i: number): Promise<ClipFeatures>
}
