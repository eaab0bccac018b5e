import type { TapGeometry } from '@shared/tap-geometry'

/** A tap of square cells of 8 pixels. */
export function aTap(more: Partial<TapGeometry> = {}): TapGeometry {
  return {
    ...{ name: 'tap', rows: 4, cols: 4, channels: 2, strideX: 8, strideY: 8, offsetX: 0, offsetY: 0 },
    receptiveField: { space: 9, time: 3 },
    ...more,
  }
}
