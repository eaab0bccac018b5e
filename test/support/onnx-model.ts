import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type NewOnnxModel, type NewOnnxNode, type OnnxTensor, writeOnnx } from '@main/learning/target/onnx/onnx-writer'
import { random } from '@main/learning/random'

export interface OnnxOptions {
  frames?: number
  side?: number
  classes?: number
  /** Stride in time of the second convolution. */
  timeStride?: number
  /** The size of each axis of its input; channels first when left out. */
  input?: readonly (number | string)[]
  /** Nodes behind the logits. */
  end?: readonly NewOnnxNode[]
  change?: (model: NewOnnxModel) => NewOnnxModel
}

export function onnxWritten(model: NewOnnxModel): string {
  const file = join(mkdtempSync(join(tmpdir(), 'whynot-onnx-')), 'net.onnx')
  writeFileSync(file, writeOnnx(model))
  return file
}

/** Two convolutions of stride 2 in space, a ReLU behind each, mean, one layer: channels first, as PyTorch exports. */
export function onnxFile(options: OnnxOptions = {}): string {
  const { frames = 4, side = 24, classes = 3, timeStride = 1, end = [] } = options
  const { input = ['N', 3, frames, side, side], change = (model: NewOnnxModel) => model } = options
  const conv = (inputs: string[], output: string, time: number): NewOnnxNode => ({
    ...{ kind: 'Conv', inputs, output },
    attributes: { kernel_shape: [3, 3, 3], pads: [1, 1, 1, 1, 1, 1], strides: [time, 2, 2] },
  })
  const outputs = { [end.at(-1)?.output ?? 'logits']: ['N', classes] }
  const weights = new Map<string, OnnxTensor>([
    ['k1', noise([6, 3, 3, 3, 3], 1)],
    ['k2', noise([8, 6, 3, 3, 3], 2)],
    ['dense', noise([8, classes], 3)],
  ])
  const nodes: NewOnnxNode[] = [
    conv(['clip', 'k1'], 'first', 1),
    { kind: 'Relu', inputs: ['first'], output: 'first_relu' },
    conv(['first_relu', 'k2'], 'second', timeStride),
    { kind: 'Relu', inputs: ['second'], output: 'second_relu' },
    { kind: 'ReduceMean', inputs: ['second_relu'], output: 'mean', attributes: { axes: [2, 3, 4], keepdims: 0 } },
    { kind: 'MatMul', inputs: ['mean', 'dense'], output: 'logits' },
    ...end,
  ]
  return onnxWritten(change({ inputs: { clip: input }, outputs, nodes, weights }))
}

export function noise(shape: readonly number[], seed: number): OnnxTensor {
  const stream = random(seed)
  const count = shape.reduce((a, b) => a * b, 1)
  const deviation = Math.sqrt(2 / (count / (shape[0] ?? 1)))
  return { shape, values: Float32Array.from({ length: count }, () => stream.normal() * deviation) }
}
