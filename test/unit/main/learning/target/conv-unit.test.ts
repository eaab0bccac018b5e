import * as tf from '@tensorflow/tfjs'
import { beforeAll, expect, test } from 'vitest'
import { ensureEngine } from '@main/learning/engine/install/ensure-engine'
import { openEngine } from '@main/learning/engine/open-engine'
import { convUnitFrozen, convUnitTraining } from '@main/learning/target/conv-unit'
import { random } from '@main/learning/random'

const epsilon = 1e-3
const numbers = (shape: number[], seed: number, offset = 0) => {
  const stream = random(seed)
  return tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => stream.normal() + offset),
    shape,
  )
}

interface Result {
  output: number[]
  moments: number[]
  gradients: number[][]
}

/** Two units behind each other, the second with a shortcut over itself: output, moments and every gradient. */
function twoUnits(): Result {
  const data = numbers([2, 3, 4, 5, 2], 1)
  const parameters = [
    numbers([3, 3, 3, 2, 3], 2),
    numbers([3], 3, 1),
    numbers([3], 4),
    numbers([3, 3, 3, 3, 3], 5),
    numbers([3], 6, 1),
    numbers([3], 7),
  ]
  const weights = numbers([2, 3, 4, 5, 3], 8)
  let [output, moments]: [number[], number[]] = [[], []]
  const gradients = tf.grads((...values) => {
    const [k1, g1, b1, k2, g2, b2] = values as [
      tf.Tensor5D,
      tf.Tensor1D,
      tf.Tensor1D,
      tf.Tensor5D,
      tf.Tensor1D,
      tf.Tensor1D,
    ]
    const x = data as tf.Tensor5D
    const first = convUnitTraining(x, { kernel: k1, gamma: g1, beta: b1 }, { epsilon, shortcut: null, fixed: true })
    const unit = { kernel: k2, gamma: g2, beta: b2 }
    const second = convUnitTraining(first.y, unit, { epsilon, shortcut: first.y, fixed: false })
    output = [...second.y.dataSync()]
    moments = [first.mean, first.variance, second.mean, second.variance].flatMap((m) => [...m.dataSync()])
    tf.dispose([first.mean, first.variance, second.mean, second.variance])
    return tf.sum(tf.mul(second.y, weights))
  })(parameters)
  const result = { output, moments, gradients: gradients.map((g) => [...g.dataSync()]) }
  tf.dispose([data, weights, ...parameters, ...gradients])
  return result
}

const backends: ('cpu' | 'wasm' | 'tensorflow')[] = ['wasm', 'tensorflow']
let reference: Result
let native = false

beforeAll(async () => {
  native = (await ensureEngine({ install: false })).folder !== null
  await openEngine({ backend: 'cpu' })
  reference = twoUnits()
})

const near = (actual: readonly number[], expected: readonly number[]) => {
  const scale = Math.max(1, ...expected.map(Math.abs))
  expect(Math.max(...actual.map((value, i) => Math.abs(value - expected[i]!))) / scale).toBeLessThan(2e-4)
}

test.each(backends)('two units on %s have the values and gradients of plain JavaScript', async (backend) => {
  if (backend === 'tensorflow' && !native) return console.info('skipped: the native engine is not installed')
  await openEngine({ backend })
  const before = tf.memory().numTensors
  const result = twoUnits()
  near(result.output, reference.output)
  near(result.moments, reference.moments)
  result.gradients.forEach((gradient, i) => near(gradient, reference.gradients[i]!))
  expect(tf.memory().numTensors).toBe(before)
})

test('frozen moments folded into the kernel give what batch norm gives', async () => {
  await openEngine({ backend: 'cpu' })
  tf.tidy(() => {
    const x = numbers([1, 2, 4, 4, 2], 1) as tf.Tensor5D
    const kernel = numbers([3, 3, 3, 2, 3], 2) as tf.Tensor5D
    const [gamma, beta, mean] = [3, 4, 5].map((seed) => numbers([3], seed)) as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D]
    const variance = tf.square(numbers([3], 6)) as tf.Tensor1D
    const shortcut = numbers([1, 2, 4, 4, 3], 7) as tf.Tensor5D
    const normed = tf.mul(
      tf.div(tf.sub(tf.conv3d(x, kernel, 1, 'same'), mean), tf.sqrt(tf.add(variance, epsilon))),
      gamma,
    )
    const expected = tf.relu(tf.add(tf.add(normed, beta), shortcut))
    const folded = convUnitFrozen(x, { kernel, gamma, beta, mean, variance }, { epsilon, shortcut })
    near([...folded.dataSync()], [...expected.dataSync()])
  })
})
