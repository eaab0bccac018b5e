import type Konva from 'konva'
import type { Box, Size } from '@shared/geometry/box'
import type { Frame } from '@shared/ids'
import type { Mark } from './marks'
import type { Point } from './view-transform'

/** What tests of the whole studio see of the stage, which is a canvas without elements. */
export interface StageHook {
  stage: Konva.Stage
  /** The picture that is drawn, as the decoder numbered it; null before the first. */
  drawn(): Frame | null
  decoder(): 'webcodecs' | 'video' | null
  marks(): readonly Mark[]
  picture(): Size | null
  /** Source pixels in page coordinates. */
  toPage(point: Point): Point
  /** A box of the picture in page coordinates. */
  boxOnPage(box: Box): Box
  /** Colour of the drawn picture at a source pixel, RGB 0-255, before any mark. */
  pixel(at: Point): [number, number, number] | null
}

declare global {
  interface Window {
    __whynotStage?: StageHook
  }
}
