import * as tf from '@tensorflow/tfjs'
import type { NamedAttrMap, Tensor, Tensor4D, TensorInfo } from '@tensorflow/tfjs'
import { conv2dFilterGradient } from './conv2d-filter-gradient'
import { conv3d, type Conv3dGeometry, conv3dFilterGradient, conv3dInputGradient } from './conv3d'

type Inputs = Record<string, TensorInfo>
type Triple = [number, number, number]

/**
 * Gives the WebAssembly backend the kernels that training 3-D networks needs: those it has not, those that are some
 * fifty times slower than need be, and those that give wrong numbers (gradients of strided 3-D convolutions, and of max
 * pooling with more than one picture). A case that stays uncovered is refused, never computed wrongly.
 */
export function registerWasmKernels(): void {
  const stock = tf.getKernel('Conv3D', 'wasm')
  replace('Conv3D', ({ x, filter }, attrs, backend) => {
    const geometry = geometryOf(x?.shape, filter?.shape, attrs)
    if (geometry) return conv3d(tensor(x), tensor(filter), geometry)
    return stock.kernelFunc({ inputs: { x, filter } as Inputs, attrs, backend }) as TensorInfo
  })
  replace('Conv3DBackpropInputV2', ({ dy, filter }, attrs) => {
    const geometry = geometryOf(attrs.inputShape as number[], filter?.shape, attrs)
    return geometry ? conv3dInputGradient(tensor(dy), tensor(filter), geometry) : refuse('a strided 3-D convolution')
  })
  replace('Conv3DBackpropFilterV2', ({ x, dy }, attrs) => {
    const geometry = geometryOf(x?.shape, attrs.filterShape as number[], attrs)
    return geometry ? conv3dFilterGradient(tensor(x), tensor(dy), geometry) : refuse('a strided 3-D convolution')
  })
  replace('Conv2DBackpropFilter', ({ x, dy }, attrs) => conv2dFilter(tensor(x), tensor(dy), attrs))
  replace('MaxPoolGrad', ({ dy, input, output }, attrs) =>
    maxPoolGradient(tensor(dy), tensor(input), tensor(output), attrs),
  )
  replace('UnsortedSegmentSum', ({ x, segmentIds }, attrs) =>
    segmentSum(tensor(x), tensor(segmentIds), attrs.numSegments as number),
  )
}

/** Registers a kernel in place of the backend's own. */
function replace(
  kernelName: string,
  kernel: (inputs: Inputs, attrs: NamedAttrMap, backend: object) => TensorInfo,
): void {
  const stock = tf.getKernel(kernelName, 'wasm')
  if (stock) tf.unregisterKernel(kernelName, 'wasm')
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    setupFunc: stock?.setupFunc,
    disposeFunc: stock?.disposeFunc,
    kernelFunc: ({ inputs, attrs, backend }) =>
      tf.tidy(() => kernel(inputs as Inputs, attrs as NamedAttrMap, backend) as Tensor),
  })
}

function refuse(what: string): never {
  throw new Error(
    `The gradient of ${what} is not there on WebAssembly. Use stride 1 with pooling, or the native engine.`,
  )
}

function tensor<T extends Tensor>(info: TensorInfo | undefined): T {
  if (!info) throw new Error('a kernel was called without an input')
  if (info instanceof tf.Tensor) return info as T
  // A second tensor on the same data: without a reference of its own, its end would take the data along.
  tf.engine().backend.incRef(info.dataId)
  return tf.engine().makeTensorFromTensorInfo(info) as T
}

/** The geometry that the fast forms cover: stride and dilation 1, channels last. Null for anything else. */
function geometryOf(
  input: readonly number[] | undefined,
  filter: readonly number[] | undefined,
  attrs: NamedAttrMap,
): Conv3dGeometry | null {
  if (!input || !filter) return null
  const { strides, dilations, pad } = attrs as {
    strides: number | Triple
    dilations?: number | Triple
    pad: 'same' | 'valid'
  }
  const info = tf.backend_util.computeConv3DInfo(
    input as [number, number, number, number, number],
    filter as [number, number, number, number, number],
    strides,
    dilations ?? 1,
    pad,
  )
  const plain = [
    info.strideDepth,
    info.strideHeight,
    info.strideWidth,
    info.dilationDepth,
    info.dilationHeight,
    info.dilationWidth,
  ].every((n) => n === 1)
  if (!plain) return null
  const { padInfo } = info
  return {
    size: [info.filterDepth, info.filterHeight, info.filterWidth],
    pad: [
      [padInfo.front, padInfo.back],
      [padInfo.top, padInfo.bottom],
      [padInfo.left, padInfo.right],
    ],
  }
}

function conv2dFilter(x: Tensor4D, dy: Tensor4D, attrs: NamedAttrMap): Tensor {
  const { strides, pad, dimRoundingMode, filterShape, dataFormat } = attrs as {
    strides: number | [number, number]
    pad: 'same' | 'valid' | number
    dimRoundingMode?: 'floor' | 'round' | 'ceil'
    filterShape: [number, number, number, number]
    dataFormat?: string
  }
  if (dataFormat === 'NCHW') return refuse('a channels-first convolution')
  const { padInfo, strideHeight, strideWidth } = tf.backend_util.computeConv2DInfo(
    x.shape,
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
  )
  const padded = tf.pad(x, [
    [0, 0],
    [padInfo.top, padInfo.bottom],
    [padInfo.left, padInfo.right],
    [0, 0],
  ])
  return conv2dFilterGradient({
    x: padded,
    dy,
    size: [filterShape[0], filterShape[1]],
    strides: [strideHeight, strideWidth],
  })
}

/**
 * Gradient of max pooling without overlap: dy goes to the places that hold the maximum, in equal parts where several do.
 * @param input [N, H, W, C]
 * @param output [N, H', W', C]
 */
function maxPoolGradient(dy: Tensor4D, input: Tensor4D, output: Tensor4D, attrs: NamedAttrMap): Tensor {
  const { filterSize, strides, pad } = attrs as {
    filterSize: number | number[]
    strides: number | number[]
    pad: string | number
  }
  const [size] = [filterSize].flat()
  const apart = [filterSize, strides].flat().every((n) => n === size)
  if (!size || !apart || (pad !== 'valid' && pad !== 0)) return refuse('max pooling with overlap or padding')
  const [n, h, w, c] = output.shape
  const inside = tf.slice(input, [0, 0, 0, 0], [n, h * size, w * size, c])
  const isMaximum = tf.cast(tf.equal(inside, spread(output, size)), 'float32')
  const holders = tf.mul(tf.avgPool(isMaximum as Tensor4D, size, size, 'valid'), size * size)
  const gradient = tf.mul(isMaximum, spread(tf.div(dy, holders), size)) as Tensor4D
  return tf.pad(gradient, [
    [0, 0],
    [0, input.shape[1] - h * size],
    [0, input.shape[2] - w * size],
    [0, 0],
  ])
}

/** Every cell repeated `size` x `size` times: [N, H, W, C] to [N, H*size, W*size, C]. */
function spread(x: Tensor4D, size: number): Tensor4D {
  const [n, h, w, c] = x.shape
  const alongRows = tf.tile(tf.reshape<tf.Rank.R4>(x, [n * h, w, 1, c]), [1, 1, size, 1]) // [N*H, W, size, C]
  const rows = tf.tile(tf.reshape<tf.Rank.R3>(alongRows, [n * h, 1, w * size * c]), [1, size, 1])
  return tf.reshape<tf.Rank.R4>(rows, [n, h * size, w * size, c])
}

/** Sum of the rows of each segment, as one matrix product: rows x [N, ...], out [segments, ...]. */
function segmentSum(x: Tensor, segmentIds: Tensor, segments: number): Tensor {
  const rows = segmentIds.size
  const inner = x.shape.slice(segmentIds.rank)
  const flat = tf.reshape(x, [rows, -1]) as tf.Tensor2D
  const member = tf.transpose(tf.oneHot(tf.reshape(segmentIds, [rows]) as tf.Tensor1D, segments)) as tf.Tensor2D // [segments, N]
  return tf.reshape(tf.matMul(tf.cast(member, 'float32'), flat), [segments, ...inner])
}
