import type { WeightArray, Weights } from '@main/learning/checkpoint/safetensors'

/**
 * The head g_s that says whether attribute s is in this clip, p(s|x,R): the factor of the joint p(c,s|x,R) that the
 * paper's bound leaves out (Kanehira et al. 2019, eq. 10-11). Reads what a tube covers at every tap.
 */
export interface PresenceHead {
  /** v_s per tap, [S, 9, d], the standardisation of its training folded in. */
  words: readonly Float32Array[]
  /** b_s, [S] */
  bias: Float32Array
  /** pi_cs: log odds of the attribute in clips of the class, [C, S] */
  prior: Float32Array
  /** Share of the way from the best to the mean within which attributes count as tied, 0 to 1. */
  nearTie: number
}

export interface HeadShape {
  channels: readonly number[]
  classes: number
  attributes: number
}

/** The log odds that turn a probability of 1/2 into 0. */
export const logit = (p: number) => Math.log(p / (1 - p))
export const sigmoid = (z: number) => 1 / (1 + Math.exp(-z))

/** Named arrays for a weights file. */
export function headToWeights(
  { words, bias, prior }: PresenceHead,
  { attributes, classes }: Omit<HeadShape, 'channels'>,
): Weights {
  const arrays: [string, WeightArray][] = words.map((values, tap) => {
    return [`presence.tap${tap}`, { shape: [attributes, 3, 3, values.length / (9 * attributes)], values }]
  })
  return new Map([
    ...arrays,
    ['presence.bias', { shape: [attributes], values: bias }],
    ['presence.prior', { shape: [classes, attributes], values: prior }],
  ])
}

/**
 * The head of a weights file; null where there is none, as in files of earlier versions.
 * @throws Error when an array is missing or of another shape
 */
export function headOf(weights: Weights, shape: HeadShape, nearTie: number): PresenceHead | null {
  if (![...weights.keys()].some((name) => name.startsWith('presence.'))) return null
  const { channels, classes, attributes } = shape
  const read = (name: string, count: number) => {
    const values = weights.get(`presence.${name}`)?.values
    if (values?.length !== count)
      throw new Error(
        `The weights file has ${values ? `${values.length} values` : 'nothing'} for presence.${name}, ${count} are needed`,
      )
    return values
  }
  return {
    words: channels.map((d, tap) => read(`tap${tap}`, attributes * 9 * d)),
    bias: read('bias', attributes),
    prior: read('prior', classes * attributes),
    nearTie,
  }
}
