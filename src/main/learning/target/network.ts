import { Failure } from '@shared/failures'
import type { NumberArray } from './target-classifier'

/** How a file orders the axes of a clip: N batch, 1 a clip axis of one, C colours, T frames, H and W the picture. */
export type Axes = 'NCTHW' | 'NTHWC' | 'NTCHW' | 'N1CTHW'

/** The clip a network takes, without the batch. */
export interface InputShape {
  frames: number
  height: number
  width: number
}

/** A layer (LayersModel), node (GraphModel) or tensor (ONNX) as the file names it. */
export interface NetworkLayer {
  name: string
  /** Conv3D, Relu, ... */
  kind: string
}

/** Something a network puts out; what it says per class, as far as the file tells. */
export interface NetworkOutput {
  name: string
  /** Softmax or sigmoid where the file ends in one, null where it says nothing. */
  kind: 'probabilities' | 'sigmoid' | null
}

/** What a file says about its own use; null where it says nothing. */
export interface NetworkNotes {
  classes: readonly string[] | null
  /** (value / 255 - mean) / deviation, RGB. */
  scale: { mean: readonly number[]; deviation: readonly number[] } | null
}

/** Somebody else's network, whatever its format: arrays in, arrays out. */
export interface Network {
  readonly format: 'layers-model' | 'graph-model' | 'onnx'
  readonly input: InputShape
  /** The order of axes its input has in the file. */
  readonly axes: Axes
  readonly outputs: readonly NetworkOutput[]
  readonly notes: NetworkNotes
  /** What can be asked for besides the outputs, in the file's order. */
  readonly layers: readonly NetworkLayer[]
  /** What each layer puts out for one clip, without the batch, channels last; empty where that is not known. */
  shapes(): Promise<number[][]>
  /**
   * @param clips [B, T, H, W, 3] @param output one of `outputs`
   * @returns that output, then the layers named, channels last
   */
  run(clips: NumberArray, output: string, layers: readonly string[]): Promise<NumberArray[]>
  /**
   * Gradient of sum(weights * output) with respect to one clip; null where a layer has none.
   * @param clip [1, T, H, W, 3] @param weights one per class
   */
  pullBack?(clip: NumberArray, output: string, weights: Float32Array): Promise<Float32Array | null>
  dispose(): void
}

export function unfit(path: string, reason: string, cause?: unknown): Failure {
  return new Failure('MODEL_UNFIT', { path, reason }, { cause })
}

/** Clips of the size that a network takes, all black. */
export function zeroClip({ frames, height, width }: InputShape): NumberArray {
  return { values: new Float32Array(frames * height * width * 3), shape: [1, frames, height, width, 3] }
}

export function countOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1)
}
