import type { TapGeometry } from '@shared/tap-geometry'

export type { TapGeometry }

/** Numbers of several dimensions in row-major order. */
export interface NumberArray {
  values: Float32Array
  shape: readonly number[]
}

export interface TargetFeatures {
  /** [B, C] before the softmax. */
  logits: NumberArray
  /** One [B, T', rows, cols, d] per tap, after its ReLU, in the order of `taps`. */
  maps: readonly NumberArray[]
}

/** What to differentiate: the logit of one class, or how far it stands above another's. */
export interface LogitChoice {
  pos: number
  neg?: number
}

/** The layers behind the map of the first tap, where they are known apart. */
export interface TargetHead {
  /** @param map [B, T', rows, cols, d] @returns [B, C] */
  logits(map: NumberArray): Promise<NumberArray>
  /** @param map [1, T', rows, cols, d] @returns of the map's shape */
  gradient(map: NumberArray, of: LogitChoice): Promise<Float32Array>
}

/** What a target can do besides h(x) and p(c|x), as plain data. */
export interface TargetCapabilities {
  /** Gradients of a logit with respect to the clip. */
  gradient: boolean
  /** The layers behind the last map are known apart. */
  head: boolean
}

/**
 * The frozen model that is explained: all an explanation needs is h(x), p(c|x) and where the cells lie
 * (Kanehira et al. 2019, eq. 1). Arrays in, arrays out, so that any network of any engine fits behind it.
 */
export interface TargetClassifier {
  readonly frames: number
  readonly height: number
  readonly width: number
  readonly classes: number
  readonly taps: readonly TapGeometry[]
  readonly capabilities: TargetCapabilities
  /**
   * Pixels as the network takes them, number by number; the mean colour is 0 to a network trained here.
   * @param pixels [T, H, W, 3] RGB @returns as many floats
   */
  inputOf(pixels: Uint8Array): Float32Array
  /** Inference: batch norm frozen, no dropout. @param clips [T, H, W, 3] each, from `inputOf` */
  features(clips: readonly Float32Array[]): Promise<TargetFeatures>
  /** Logits [B, C] alone. */
  predict(clips: readonly Float32Array[]): Promise<NumberArray>
  /**
   * Gradient of one logit with respect to one clip [T, H, W, 3]; null where a layer turns out to have none.
   * Absent where no target of this kind has gradients.
   */
  inputGradient?(clip: Float32Array, of: LogitChoice): Promise<Float32Array | null>
  head?: TargetHead
  dispose(): void
}
