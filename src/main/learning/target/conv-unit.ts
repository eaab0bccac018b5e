import * as tf from '@tensorflow/tfjs'
import type { Tensor, Tensor1D, Tensor4D, Tensor5D } from '@tensorflow/tfjs'
import { batchNormTraining, fusedBatchNorm, fusedBatchNormGradient } from '@main/learning/engine/ops/batch-norm'

/** Parameters of a 3x3x3 convolution and the batch norm behind it: kernel [3, 3, 3, in, out], the others [out]. */
export interface ConvUnit {
  kernel: Tensor5D
  gamma: Tensor1D
  beta: Tensor1D
}

interface Training {
  epsilon: number
  /** Added before the ReLU, shaped like the output. */
  shortcut: Tensor5D | null
  /** The input is data: it gets no gradient. */
  fixed: boolean
}

interface TrainingOutput {
  /** [B, T, H, W, out] */
  y: Tensor5D
  /** [out], of this batch, variance unbiased. Kept beyond any tidy: the caller disposes of both. */
  mean: Tensor1D
  variance: Tensor1D
}

/**
 * ReLU(batch norm(convolution(x)) + shortcut), differentiable, with the batch's own moments.
 * On native TensorFlow it is one op that keeps two maps per convolution for the gradient and frees each as soon as it was
 * used; the composed form keeps some fifteen until the step ends.
 */
export function convUnitTraining(x: Tensor5D, unit: ConvUnit, training: Training): TrainingOutput {
  return tf.getBackend() === 'tensorflow' ? fused(x, unit, training) : composed(x, unit, training)
}

/** The same with frozen moments, folded into the kernel. */
export function convUnitFrozen(
  x: Tensor5D,
  { kernel, gamma, beta, mean, variance }: ConvUnit & { mean: Tensor1D; variance: Tensor1D },
  { epsilon, shortcut }: Omit<Training, 'fixed'>,
): Tensor5D {
  return tf.tidy(() => {
    const scale = tf.mul(tf.rsqrt(tf.add(variance, epsilon)), gamma)
    const y = tf.add(tf.conv3d(x, tf.mul<Tensor5D>(kernel, scale), 1, 'same'), tf.sub(beta, tf.mul(mean, scale)))
    return tf.relu<Tensor5D>(shortcut ? tf.add(y, shortcut) : (y as Tensor5D))
  })
}

function composed(x: Tensor5D, { kernel, gamma, beta }: ConvUnit, { epsilon, shortcut }: Training): TrainingOutput {
  const conv = tf.conv3d(x, kernel, 1, 'same')
  const { y, mean, variance } = batchNormTraining(flattened(conv), gamma, beta, epsilon)
  const normed = tf.reshape<tf.Rank.R5>(y, conv.shape)
  return { y: tf.relu<Tensor5D>(shortcut ? tf.add(normed, shortcut) : normed), mean, variance }
}

function fused(x: Tensor5D, { kernel, gamma, beta }: ConvUnit, { epsilon, shortcut, fixed }: Training): TrainingOutput {
  let moments: { mean: Tensor1D; variance: Tensor1D } | undefined
  const forward = tf.customGrad((...inputs) => {
    const save = inputs.at(-1) as unknown as (tensors: Tensor[]) => void
    const conv = flattened(tf.conv3d(x, kernel, 1, 'same'))
    const { y: normed, mean, variance, reserve } = fusedBatchNorm(conv, gamma, beta, epsilon)
    moments = { mean: tf.keep(mean), variance: tf.keep(variance) }
    const y = tf.relu(shortcut ? tf.add(normed, flattened(shortcut)) : normed)
    const value = tf.reshape<tf.Rank.R5>(y, [...x.shape.slice(0, 4), kernel.shape[4]] as Tensor5D['shape'])
    save([x, conv, value, ...reserve])
    const gradFunc = (dy: Tensor, saved: Tensor[]) =>
      gradients(dy, saved, { kernel, gamma, epsilon, fixed, shortened: shortcut !== null })
    return { value, gradFunc }
  })
  const y = forward(kernel, gamma, beta, ...(fixed ? [] : [x]), ...(shortcut ? [shortcut] : [])) as Tensor5D
  if (!moments) throw new Error('FusedBatchNormV3 gave no moments')
  return { y, ...moments }
}

/** Gradients of kernel, gamma, beta, then input and shortcut where they have one. Frees all that it is given. */
function gradients(
  dy: Tensor,
  saved: Tensor[],
  {
    kernel,
    gamma,
    epsilon,
    fixed,
    shortened,
  }: Pick<ConvUnit, 'kernel' | 'gamma'> & Pick<Training, 'epsilon' | 'fixed'> & { shortened: boolean },
): Tensor[] {
  const [x, conv, y, ...reserve] = saved as [Tensor5D, Tensor4D, Tensor5D, ...Tensor[]]
  return tf.tidy(() => {
    const dSum = reluGradient(dy, y)
    tf.dispose([dy, y])
    const [dNorm, dGamma, dBeta] = fusedBatchNormGradient(flattened(dSum), conv, gamma, { reserve, epsilon })
    tf.dispose([conv, reserve])
    const dConv = tf.reshape<tf.Rank.R5>(dNorm, y.shape)
    const list = [kernelGradient(x, dConv, kernel), dGamma, dBeta]
    if (!fixed) list.push(inputGradient(x.shape, dConv, kernel))
    x.dispose()
    if (shortened) list.push(dSum)
    return list
  })
}

/** [B, T, H, W, C] to [B*T, H, W, C]: batch norm takes four dimensions. */
function flattened(x: Tensor): Tensor4D {
  const [b, t, h, w, c] = x.shape as [number, number, number, number, number]
  return tf.reshape(x, [b * t, h, w, c])
}

interface SingleOutput {
  executeSingleOutput(name: string, attributes: unknown[], inputs: Tensor[]): Tensor
  binding: Record<string, number>
}

/** dy where the ReLU's output is above 0. */
function reluGradient(dy: Tensor, y: Tensor): Tensor {
  const native = tf.backend() as unknown as SingleOutput
  const type = { name: 'T', type: native.binding.TF_ATTR_TYPE, value: native.binding.TF_FLOAT }
  return native.executeSingleOutput('ReluGrad', [type], [dy, y])
}

const convolution = { strides: [1, 1, 1], pad: 'same' }

function kernelGradient(x: Tensor5D, dy: Tensor5D, kernel: Tensor5D): Tensor {
  return tf.engine().runKernel('Conv3DBackpropFilterV2', { x, dy }, { ...convolution, filterShape: kernel.shape })
}

function inputGradient(inputShape: Tensor5D['shape'], dy: Tensor5D, kernel: Tensor5D): Tensor {
  return tf.engine().runKernel('Conv3DBackpropInputV2', { dy, filter: kernel }, { ...convolution, inputShape })
}
