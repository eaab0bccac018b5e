import type { TapGeometry } from '@shared/tap-geometry'
import { shortNumber } from '@renderer/words/format'

type Clip = Readonly<{ size: number; frames: number }>

/** "grid 14 × 14". */
export function gridWords({ rows, cols }: TapGeometry): string {
  return `grid ${rows} × ${cols}`
}

/** "14 × 14 of 8 px". */
export function cellWords({ rows, cols, strideX }: TapGeometry): string {
  return `${rows} × ${cols} of ${shortNumber(strideX)} px`
}

/** "98 of 112 px, all 16 frames": how much of the clip a cell sees. */
export function sightWords({ receptiveField: { space, time } }: TapGeometry, { size, frames }: Clip): string {
  const much = (seen: number, of: number, unit: string) => `${seen >= of ? `all ${of}` : `${seen} of ${of}`} ${unit}`
  return `${much(space, size, 'px')}, ${much(time, frames, 'frames')}`
}
