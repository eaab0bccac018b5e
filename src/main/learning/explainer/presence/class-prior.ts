import { logit } from './presence-head'

/** Whether a clip shows each attribute: 1 present, 0 absent, -1 not known. */
export type ClipLabels = Int8Array

const clipped = (p: number, low: number) => Math.min(1 - low, Math.max(low, p))

/**
 * pi_cs = logit((k + p_s) / (n + 1)), within [.005, .995]: the attribute is present in k of the n labelled clips of the
 * class; p_s, its share of all clips, within [.02, .98], stands for one clip more.
 * @returns [C, S]
 */
export function classPrior(
  clips: readonly { label: number; labels: ClipLabels }[],
  { classes, attributes }: { classes: number; attributes: number },
): Float32Array {
  const [present, known] = [new Float64Array(classes * attributes), new Float64Array(classes * attributes)]
  for (const { label, labels } of clips) {
    for (let s = 0; s < attributes; s++) {
      if ((labels[s] as number) < 0) continue
      const at = label * attributes + s
      known[at] = (known[at] as number) + 1
      present[at] = (present[at] as number) + (labels[s] as number)
    }
  }
  const total = (list: Float64Array, s: number) => {
    let sum = 0
    for (let c = 0; c < classes; c++) sum += list[c * attributes + s] as number
    return sum
  }
  return Float32Array.from(present, (k, at) => {
    const s = at % attributes
    const share = clipped(total(present, s) / Math.max(1, total(known, s)), 0.02)
    return logit(clipped((k + share) / ((known[at] as number) + 1), 0.005))
  })
}
