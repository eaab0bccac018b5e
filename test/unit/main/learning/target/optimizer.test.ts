import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { Optimizer, type OptimizerSettings } from '@main/learning/target/optimizer'

const settings: OptimizerSettings = { optimizer: 'sgd', momentum: 0.9, weightDecay: 0, clipNorm: 0 }

beforeAll(async () => {
  await tf.setBackend('cpu')
})

/** Steps with the gradients given, on one parameter that starts at [1, -2]. */
function run(changes: Partial<OptimizerSettings>, gradients: number[][], { rate = 0.1, decays = true } = {}) {
  const variable = tf.variable(tf.tensor1d([1, -2]))
  const optimizer = new Optimizer([{ name: 'w', variable, decays }], { ...settings, ...changes })
  const norms = gradients.map((values) => tf.tidy(() => optimizer.step({ w: tf.tensor1d(values) }, rate)))
  return { values: [...variable.dataSync()], norms, optimizer, variable }
}

const near = (actual: number[], expected: number[]) =>
  actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5))

test('momentum adds up: two steps of SGD, worked by hand', () => {
  // v1 = g1, w -= .1 v1; v2 = .9 v1 + g2, w -= .1 v2
  const { values } = run({}, [
    [1, 2],
    [3, -1],
  ])
  near(values, [1 - 0.1 - 0.1 * 3.9, -2 - 0.2 - 0.1 * 0.8])
})

test('weight decay pulls towards 0 and spares what does not decay', () => {
  near(run({ weightDecay: 0.5, momentum: 0 }, [[0, 0]]).values, [1 - 0.05, -2 + 0.1])
  near(run({ weightDecay: 0.5, momentum: 0 }, [[0, 0]], { decays: false }).values, [1, -2])
})

test('Adam takes the steps of the TensorFlow.js optimiser', () => {
  const gradients = [
    [1, 2],
    [3, -1],
    [0.5, 0.1],
  ]
  const reference = tf.variable(tf.tensor1d([1, -2]))
  const adam = tf.train.adam(0.1, 0.9, 0.999, 1e-8)
  for (const values of gradients)
    tf.tidy(() => adam.applyGradients([{ name: reference.name, tensor: tf.tensor1d(values) }]))
  near(run({ optimizer: 'adam' }, gradients).values, [...reference.dataSync()])
})

test('clipping shortens a long gradient, keeps its direction, and reports the norm before', () => {
  const { values, norms } = run({ momentum: 0, clipNorm: 1 }, [[3, 4]])
  expect(norms).toEqual([5])
  near(values, [1 - 0.06, -2 - 0.08])
})

test.each(['sgd', 'adam'] as const)('%s goes on from a saved state as if it had never stopped', (optimizer) => {
  const whole = run({ optimizer }, [
    [1, 2],
    [3, -1],
  ])
  const half = run({ optimizer }, [[1, 2]])
  const resumed = new Optimizer([{ name: 'w', variable: half.variable, decays: true }], { ...settings, optimizer })
  resumed.restore(half.optimizer.state())
  tf.tidy(() => resumed.step({ w: tf.tensor1d([3, -1]) }, 0.1))
  expect([...half.variable.dataSync()]).toEqual(whole.values)
})
