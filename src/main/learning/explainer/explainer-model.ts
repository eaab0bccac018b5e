import type { ExplainerConfig } from '@shared/config/explainer'
import type { Weights } from '@main/learning/checkpoint/safetensors'
import { type TapTime, tapTime } from '@shared/tap-geometry'
import { random } from '@main/learning/random'
import type { Grid } from '@main/learning/search/score-map'
import { SearchSpace } from '@main/learning/search/search-space'
import type { TapGeometry } from '@main/learning/target/target-classifier'
import type { ClipFeatures } from './clip-features'
import { headOf, headToWeights, type PresenceHead } from './presence/presence-head'

/** Factorised kernels of one tap. */
export interface TapWeights {
  /** w_c: [C, 9, d] */
  classes: Float32Array
  /** w_s: [S, 9, d]. The additive part of w_cs = w_c * w_s + w_c + w_s cancels in every difference of classes. */
  attributes: Float32Array
  /** [d], what each channel of h is divided by; ones where features are raw. */
  scale: Float32Array
}

/** What one tap looks like to the explainer, after feature pooling. */
export interface TapShape extends Grid {
  channels: number
}

const initialDeviation = 0.01

export interface ExplainerShape {
  taps: readonly TapGeometry[]
  frames: number
  classes: number
  attributes: number
}

/**
 * The explanation model g (Kanehira et al. 2019, eq. 3-5 and 4.1): per tap the kernels of every class and attribute.
 * Plain arrays; only products of features and kernels are left to the engine.
 */
export class ExplainerModel {
  readonly taps: readonly TapGeometry[]
  readonly frames: number
  readonly classes: number
  readonly attributes: number
  readonly grids: readonly TapShape[]
  /** Memory of searches in this model's maps, one at a time. */
  readonly space: SearchSpace
  /** Says whether an attribute is in the clip; null in models that were trained without it. */
  readonly presence: PresenceHead | null

  constructor(
    { taps, frames, classes, attributes }: ExplainerShape,
    readonly pooling: 1 | 2,
    readonly weights: readonly TapWeights[],
    { space = new SearchSpace(), presence = null }: { space?: SearchSpace; presence?: PresenceHead | null } = {},
  ) {
    this.space = space
    this.presence = presence
    this.taps = taps
    this.frames = frames
    this.classes = classes
    this.attributes = attributes
    this.grids = taps.map((tap) => ({
      frames: tapTime(tap, frames).frames,
      rows: Math.floor(tap.rows / pooling),
      cols: Math.floor(tap.cols / pooling),
      channels: tap.channels,
    }))
  }

  /**
   * Where the cells lie once features are pooled: twice the stride.
   * Cell (i, j) is centred on ((j + .5) * strideX + offsetX, (i + .5) * strideY + offsetY), in input pixels.
   */
  geometry(tap: number): Pick<TapGeometry, 'strideX' | 'strideY' | 'offsetX' | 'offsetY'> {
    const found = this.taps[tap]
    if (!found) throw new RangeError(`there is no tap ${tap}`)
    const { strideX, strideY, offsetX, offsetY } = found
    return { strideX: strideX * this.pooling, strideY: strideY * this.pooling, offsetX, offsetY }
  }

  /** Which frames of the clip the frames of a map stand for. */
  time(tap: number): TapTime {
    const found = this.taps[tap]
    if (!found) throw new RangeError(`there is no tap ${tap}`)
    return tapTime(found, this.frames)
  }

  /** Features as the kernels want them: pooled, then divided by their scale. New arrays. */
  prepare({ maps }: ClipFeatures): Float32Array[] {
    return maps.map((map, tap) => {
      const { channels, frames } = this.grids[tap] as TapShape
      const pooled = this.pooling === 2 ? pooledMap(map, { ...(this.taps[tap] as TapGeometry), frames }) : map.slice()
      const { scale } = this.weights[tap] as TapWeights
      for (let i = 0; i < pooled.length; i++) pooled[i] = (pooled[i] as number) / (scale[i % channels] as number)
      return pooled
    })
  }

  /** Root mean square of 1 + w_s: healthy is about .75 to .95; near 0 no attribute speaks any more. */
  attributeRms(): number {
    let sum = 0
    let count = 0
    for (const { attributes } of this.weights) {
      for (const w of attributes) sum += (1 + w) ** 2
      count += attributes.length
    }
    return Math.sqrt(sum / Math.max(1, count))
  }

  /** The same kernels with a head. */
  withPresence(presence: PresenceHead | null): ExplainerModel {
    return new ExplainerModel(this, this.pooling, this.weights, { space: this.space, presence })
  }

  /** Named arrays for a weights file. */
  toWeights(): Weights {
    const kernels: Weights = new Map(
      this.weights.flatMap(({ classes, attributes, scale }, tap) => [
        [`tap${tap}.classes`, { shape: [this.classes, 3, 3, scale.length], values: classes }],
        [`tap${tap}.attributes`, { shape: [this.attributes, 3, 3, scale.length], values: attributes }],
        [`tap${tap}.scale`, { shape: [scale.length], values: scale }],
      ]),
    )
    return new Map([...kernels, ...(this.presence ? headToWeights(this.presence, this) : [])])
  }
}

/** New weights from N(0, .01^2): all-zero class kernels would stop learning for ever. */
export function newExplainer(
  { taps, frames, classes, attributes }: ExplainerShape,
  config: ExplainerConfig,
  scales: readonly Float32Array[],
): ExplainerModel {
  const weights = taps.map(({ channels }, tap): TapWeights => {
    const draw = (count: number, part: number) => {
      const stream = random(config.seed, 10 + tap, part)
      return Float32Array.from({ length: count * 9 * channels }, () => stream.normal() * initialDeviation)
    }
    return {
      classes: draw(classes, 0),
      attributes: draw(attributes, 1),
      scale: scales[tap] ?? new Float32Array(channels).fill(1),
    }
  })
  return new ExplainerModel({ taps, frames, classes, attributes }, config.featurePooling, weights)
}

/** The model of a weights file, with its head where there is one. @throws Error when an array is missing or of another shape */
export function explainerOf(
  { taps, frames, classes, attributes }: ExplainerShape,
  { featurePooling, nearTie }: Pick<ExplainerConfig, 'featurePooling' | 'nearTie'>,
  weights: Weights,
): ExplainerModel {
  const read = (name: string, count: number) => {
    const found = weights.get(name)
    if (found?.values.length !== count)
      throw new Error(
        `The weights file has ${found ? `${found.values.length} values` : 'nothing'} for ${name}, ${count} are needed`,
      )
    return found.values
  }
  const perTap = taps.map(({ channels }, tap) => ({
    classes: read(`tap${tap}.classes`, classes * 9 * channels),
    attributes: read(`tap${tap}.attributes`, attributes * 9 * channels),
    scale: read(`tap${tap}.scale`, channels),
  }))
  const channels = taps.map((tap) => tap.channels)
  const presence = headOf(weights, { channels, classes, attributes }, nearTie)
  return new ExplainerModel({ taps, frames, classes, attributes }, featurePooling, perTap, { presence })
}

/** Mean of 2x2 cells: [T, R, C, d] to [T, R/2, C/2, d]. */
function pooledMap(
  map: Float32Array,
  { frames, rows, cols, channels }: { frames: number; rows: number; cols: number; channels: number },
): Float32Array {
  const [halfRows, halfCols] = [Math.floor(rows / 2), Math.floor(cols / 2)]
  const pooled = new Float32Array(frames * halfRows * halfCols * channels)
  let at = 0
  for (let t = 0; t < frames; t++) {
    for (let i = 0; i < halfRows; i++) {
      for (let j = 0; j < halfCols; j++) {
        const corner = ((t * rows + 2 * i) * cols + 2 * j) * channels
        const below = corner + cols * channels
        for (let x = 0; x < channels; x++, at++) {
          pooled[at] =
            ((map[corner + x] as number) +
              (map[corner + channels + x] as number) +
              (map[below + x] as number) +
              (map[below + channels + x] as number)) /
            4
        }
      }
    }
  }
  return pooled
}
