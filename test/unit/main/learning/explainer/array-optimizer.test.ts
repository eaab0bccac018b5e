import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { ArrayOptimizer } from '@main/learning/explainer/array-optimizer'

beforeAll(async () => {
  await tf.setBackend('cpu')
})

const plain = { momentum: 0.9, weightDecay: 0, clipNorm: 0 }

/** Steps on a parabola around (1, -2), by ours and by the library's optimiser. */
function bothWays(
  settings: ConstructorParameters<typeof ArrayOptimizer>[1],
  theirs: tf.Optimizer,
): [number[], number[]] {
  const own = Float32Array.of(3, 4)
  const optimizer = new ArrayOptimizer([own], settings)
  const variable = tf.variable(tf.tensor1d([3, 4]))
  const goal = tf.tensor1d([1, -2])
  for (let step = 0; step < 12; step++) {
    optimizer.step([Float32Array.of(2 * (own[0]! - 1), 2 * (own[1]! + 2))], 0.05)
    theirs.minimize(() => tf.sum(tf.squaredDifference(variable, goal)) as tf.Scalar, false, [variable])
  }
  return [[...own], [...variable.dataSync()]]
}

describe('the optimiser of plain arrays', () => {
  test('steps as Adam does in TensorFlow', () => {
    const [own, theirs] = bothWays({ optimizer: 'adam', ...plain }, tf.train.adam(0.05, 0.9, 0.999, 1e-8))
    own.forEach((value, i) => expect(value).toBeCloseTo(theirs[i]!, 4))
  })

  test('steps as SGD with momentum does in TensorFlow', () => {
    const [own, theirs] = bothWays({ optimizer: 'sgd', ...plain }, tf.train.momentum(0.05, 0.9))
    own.forEach((value, i) => expect(value).toBeCloseTo(theirs[i]!, 4))
  })

  test('clips the gradient of all arrays together and says what it was', () => {
    const [a, b] = [Float32Array.of(0), Float32Array.of(0)]
    const optimizer = new ArrayOptimizer([a, b], { optimizer: 'sgd', momentum: 0, weightDecay: 0, clipNorm: 1 })
    expect(optimizer.step([Float32Array.of(3), Float32Array.of(4)], 1)).toBeCloseTo(5, 6)
    expect([a[0], b[0]]).toEqual([expect.closeTo(-0.6, 6), expect.closeTo(-0.8, 6)])
  })

  test('weight decay pulls towards zero where the gradient is none', () => {
    const weights = Float32Array.of(2)
    new ArrayOptimizer([weights], { optimizer: 'sgd', momentum: 0, weightDecay: 0.1, clipNorm: 0 }).step(
      [Float32Array.of(0)],
      1,
    )
    expect(weights[0]).toBeCloseTo(1.8, 6)
  })
})
