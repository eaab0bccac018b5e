import type { SampleConfig } from '@shared/config/sample'
import type { Box } from '@shared/geometry/box'
import type { EvaluationInput } from '@main/evaluation/evaluate'
import { featuresOf, inputOf } from '@main/explanation/classify'
import type { TapGeometry } from '@main/learning/target/target-classifier'

/** The features of one shown thing, and which variant it is. */
export interface ProbeSample {
  thing: number
  red: boolean
  /** Means over the cells on the thing, the channels of all taps one after the other. */
  values: readonly number[]
  /** Round through the classes that its clip is of: even rounds teach the probe, odd ones test it. */
  round: number
}

/**
 * Whether the classifier's features tell a thing's variants apart at all: an explanation is made of h(x) and cannot know
 * what h(x) has forgotten. Things of half the test clips are given the nearer of two means over the other half, channels
 * divided by their deviation.
 * @returns share of right answers; .5 is chance
 */
export async function probeVariants(input: EvaluationInput, sample: Pick<SampleConfig, 'removable'>): Promise<number> {
  const { target, clips } = input
  const samples: ProbeSample[] = []
  for (let i = 0; i < clips.count; i++) {
    const clip = await clips.get(i)
    const [features] = await featuresOf(target, [inputOf(target, clip.pixels)])
    if (!features) continue
    for (const [attribute, boxes] of clip.truth) {
      if (attribute >= 2 * sample.removable) continue
      const values = target.taps.flatMap((tap, t) => meanOn(features.maps[t] ?? new Float32Array(), tap, boxes))
      const red = attribute >= sample.removable
      samples.push({
        thing: red ? attribute - sample.removable : attribute,
        red,
        values,
        round: Math.floor(i / 2 ** sample.removable),
      })
    }
  }
  return nearestMean(samples)
}

/** Mean of each channel over the cells whose centre is inside a box of its frame. */
function meanOn(
  map: Float32Array,
  { rows, cols, channels, strideX, strideY, offsetX, offsetY }: TapGeometry,
  boxes: readonly (readonly Box[])[],
): number[] {
  const sums = new Array<number>(channels).fill(0)
  let count = 0
  for (const [frame, [box]] of boxes.entries()) {
    if (!box) continue
    for (let cell = 0; cell < rows * cols; cell++) {
      const x = ((cell % cols) + 0.5) * strideX + offsetX
      const y = (Math.floor(cell / cols) + 0.5) * strideY + offsetY
      if (x < box.x1 || x >= box.x2 || y < box.y1 || y >= box.y2) continue
      count++
      for (let c = 0; c < channels; c++)
        sums[c] = (sums[c] ?? 0) + (map[(frame * rows * cols + cell) * channels + c] ?? 0)
    }
  }
  return sums.map((sum) => (count ? sum / count : 0))
}

export function nearestMean(samples: readonly ProbeSample[]): number {
  let [right, asked] = [0, 0]
  for (const own of Map.groupBy(samples, ({ thing }) => thing).values()) {
    const taught = own.filter(({ round }) => round % 2 === 0)
    const [red, plain] = [taught.filter((one) => one.red), taught.filter((one) => !one.red)]
    if (red.length === 0 || plain.length === 0) continue
    const scale = deviations(taught)
    const [redMean, plainMean] = [means(red), means(plain)]
    const distance = (values: readonly number[], mean: readonly number[]) =>
      values.reduce((sum, v, c) => sum + ((v - (mean[c] ?? 0)) / (scale[c] ?? 1)) ** 2, 0)
    for (const { values, red: isRed } of own.filter(({ round }) => round % 2 === 1)) {
      asked++
      if (distance(values, redMean) < distance(values, plainMean) === isRed) right++
    }
  }
  return asked ? right / asked : NaN
}

function means(samples: readonly ProbeSample[]): number[] {
  const channels = samples[0]?.values.length ?? 0
  return Array.from(
    { length: channels },
    (_, c) => samples.reduce((sum, s) => sum + (s.values[c] ?? 0), 0) / samples.length,
  )
}

/** 1 for a channel that never changes. */
function deviations(samples: readonly ProbeSample[]): number[] {
  return means(samples).map((mean, c) => {
    const variance = samples.reduce((sum, s) => sum + ((s.values[c] ?? 0) - mean) ** 2, 0) / samples.length
    return Math.sqrt(variance) || 1
  })
}
