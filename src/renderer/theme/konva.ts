import { marks } from './tokens'

/** What Konva draws on video with; the same in both themes. Attribute colours come from `attributeLook`. */
export const stageColors = {
  halo: marks.halo,
  truth: marks.truth,
  handle: marks.handle,
  /** Share of opacity inside a closed box of the model. */
  tubeFill: 0.12,
} as const
