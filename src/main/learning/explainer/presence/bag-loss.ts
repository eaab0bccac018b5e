import type { ClipLabels } from './class-prior'
import { sigmoid } from './presence-head'

/** The tubes of one clip among all, and what is known of it. */
export interface Bag {
  /** First of its tubes, and how many it has: one for every other class. */
  from: number
  count: number
  label: number
  labels: ClipLabels
  /** How much each label counts, [S]; 1 when left out. */
  weights?: Float32Array
}

export interface BagProblem {
  bags: readonly Bag[]
  /** pi_cs, [C, S]: a clip's part of the odds that its class gives. */
  prior: Float32Array
  attributes: number
}

/** Mean over clips of the sum over attributes of binary cross entropy, and its derivatives. */
export interface BagLoss {
  loss: number
  /** By each tube's response, [tubes, S]. */
  responses: Float32Array
  /** By b_s, [S]. */
  bias: Float32Array
}

/**
 * One clip's log odds are z_s = pi_ys + b_s + log mean_B exp <v_s, f(R_AB)>: the attribute is there where any of the
 * contrast's tubes shows it (a smooth "or"). Attributes that are not known count for nothing.
 * @param responses <v_s, f> of each tube, [tubes, S]
 */
export function bagLoss({ bags, prior, attributes }: BagProblem, responses: Float32Array, bias: Float32Array): BagLoss {
  const found: BagLoss = { loss: 0, responses: new Float32Array(responses.length), bias: new Float32Array(attributes) }
  for (const { from, count, label, labels, weights } of bags) {
    for (let s = 0; s < attributes; s++) {
      const truth = labels[s] as number
      if (truth < 0) continue
      const share = (weights?.[s] ?? 1) / bags.length
      let largest = -Infinity
      for (let b = from; b < from + count; b++) largest = Math.max(largest, responses[b * attributes + s] as number)
      let sum = 0
      for (let b = from; b < from + count; b++) sum += Math.exp((responses[b * attributes + s] as number) - largest)
      const z = (prior[label * attributes + s] as number) + (bias[s] as number) + largest + Math.log(sum / count)
      // softplus(z) - truth * z
      found.loss += (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - truth * z) * share
      const slope = (sigmoid(z) - truth) * share
      found.bias[s] = (found.bias[s] as number) + slope
      for (let b = from; b < from + count; b++) {
        const at = b * attributes + s
        found.responses[at] = (slope * Math.exp((responses[at] as number) - largest)) / sum
      }
    }
  }
  return found
}
