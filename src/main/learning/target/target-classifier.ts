import type { TapGeometry } from '@shared/tap-geometry'
import type { Tensor2D, Tensor5D } from '@tensorflow/tfjs'

export type { TapGeometry }

export interface TargetOutput {
  /** [B, C] before the softmax. */
  logits: Tensor2D
  /** One [B, T, rows, cols, d] per tap, after its ReLU, in the order of `taps`. */
  features: Tensor5D[]
}

/**
 * The frozen model that is explained: all an explanation needs is h(x), p(c|x) and where the cells lie
 * (Kanehira et al. 2019, eq. 1). Anybody's network fits behind it.
 */
export interface TargetClassifier {
  readonly frames: number
  readonly height: number
  readonly width: number
  readonly classes: number
  readonly taps: readonly TapGeometry[]
  /**
   * Pixels to network input: (value / 255 - mean colour) / scale, so that the mean colour is 0.
   * @param pixels [B, T, H, W, 3] RGB
   * @returns [B, T, H, W, 3] float; the caller disposes of it
   */
  normalise(pixels: Uint8Array, count: number): Tensor5D
  /** Inference: batch norm frozen, no dropout. The caller disposes of what is returned. */
  forward(input: Tensor5D): TargetOutput
  /** The rest of the network, from the map of the first tap [B, T, rows, cols, d] to logits; absent where it is not known. */
  head?(map: Tensor5D): Tensor2D
  dispose(): void
}
