import { setImmediate } from 'node:timers/promises'
import * as tf from '@tensorflow/tfjs'
import { Failure } from '@shared/failures'
import { ArrayOptimizer } from '@main/learning/explainer/array-optimizer'
import { readValues } from '@main/learning/read-values'
import { learningRateAt } from '@main/learning/target/schedule'
import { bagLoss, type BagProblem } from './bag-loss'

/** Full-batch Adam, as docs/method.md says: nothing here needed another choice on any data set so far. */
const fitting = { steps: 200, learningRate: 0.02, warmup: 0.1, schedule: 'cosine', decay: 1e-3 } as const
const adam = { optimizer: 'adam', momentum: 0, weightDecay: 0, clipNorm: 0 } as const

export interface HeadProblem extends BagProblem {
  /** What each tube covers, standardised, [tubes, size]. */
  tubes: Float32Array
  size: number
  signal?: AbortSignal
  onStep?: (done: number, total: number, loss: number) => void
}

/**
 * Weights and biases of least loss, from zero: mean cross entropy of the clips and 1e-3 |v|^2.
 * The engine multiplies; both products take the tubes as they lie, since a turned matrix is slow on WebAssembly.
 * @returns words [S, size], bias [S]
 * @throws Failure INTERRUPTED
 */
export async function fitHead(problem: HeadProblem): Promise<{ words: Float32Array; bias: Float32Array }> {
  const { tubes, size, attributes, signal, onStep } = problem
  const [words, bias] = [new Float32Array(attributes * size), new Float32Array(attributes)]
  const optimizer = new ArrayOptimizer([words, bias], adam)
  const count = tubes.length / size
  const onEngine = tf.tensor2d(tubes, [count, size])
  try {
    for (let step = 0; step < fitting.steps; step++) {
      // Lets a request to stop arrive: nothing else here waits.
      await setImmediate()
      if (signal?.aborted) throw new Failure('INTERRUPTED', {})
      const kernels = turned(words, attributes)
      const responses = readValues(() => tf.matMul(onEngine, tf.tensor2d(kernels, [size, attributes])))
      const found = bagLoss(problem, responses, bias)
      const slopes = turned(found.responses, count)
      const gradient = readValues(() => tf.matMul(tf.tensor2d(slopes, [attributes, count]), onEngine)).slice()
      const loss = found.loss + decayed(words, gradient)
      optimizer.step([gradient, found.bias], learningRateAt(fitting, step, fitting.steps))
      onStep?.(step + 1, fitting.steps, loss)
    }
  } finally {
    onEngine.dispose()
  }
  return { words, bias }
}

/** Adds the derivative of 1e-3 |v|^2. @returns its value */
function decayed(words: Float32Array, gradient: Float32Array): number {
  let sum = 0
  for (let i = 0; i < words.length; i++) {
    const v = words[i] as number
    sum += fitting.decay * v * v
    gradient[i] = (gradient[i] as number) + 2 * fitting.decay * v
  }
  return sum
}

/** [rows, columns] as [columns, rows]. */
function turned(values: Float32Array, rows: number): Float32Array {
  const columns = values.length / rows
  const turned = new Float32Array(values.length)
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) turned[c * rows + r] = values[r * columns + c] as number
  return turned
}
