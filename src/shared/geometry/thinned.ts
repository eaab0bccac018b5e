import { type Box, mix } from './box'

interface BoxInFrame {
  frame: number
  box: Box
}

/**
 * As few of these boxes as give all of them back by interpolation (Douglas and Peucker 1973, in time): no side of one
 * that is left out is further than `off` pixels from where the line between its neighbours puts it. Ends stay.
 * @param boxes in rising order of frame
 */
export function thinned<B extends BoxInFrame>(boxes: readonly B[], off: number): B[] {
  const [first, last] = [boxes[0], boxes.at(-1)]
  if (!first || !last || boxes.length < 3) return [...boxes]
  let [worst, at] = [off, -1]
  boxes.forEach((one, i) => {
    const line = mix(first.box, last.box, (one.frame - first.frame) / (last.frame - first.frame))
    const far = Math.max(...sides.map((side) => Math.abs(one.box[side] - line[side])))
    if (far > worst) [worst, at] = [far, i]
  })
  if (at < 0) return [first, last]
  return [...thinned(boxes.slice(0, at + 1), off).slice(0, -1), ...thinned(boxes.slice(at), off)]
}

const sides = ['x1', 'y1', 'x2', 'y2'] as const
