import type { LogitChoice } from '@main/learning/target/target-classifier'

/** What a gradient is taken of, for the question "why pos, not neg": a value that a method is given. */
export type ModelTarget = (question: { pos: number; neg: number }) => LogitChoice

/** The logit of A: why A at all. */
export const logitOfA: ModelTarget = ({ pos }) => ({ pos })

/** How far A's logit stands above B's: why A, and not B. */
export const logitDifference: ModelTarget = ({ pos, neg }) => ({ pos, neg })
