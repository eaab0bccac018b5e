import type { Thing } from './vocabulary'

export type Colour = readonly [number, number, number]

/** Where in its box a pixel lies, and how the thing moves now. */
export interface Spot {
  /** 0 to 1 from left to right and from top to bottom. */
  u: number
  v: number
  /** Ordinal of the frame, and the thing's own phase. */
  frame: number
  phase: number
  moves: boolean
}

const dark: Colour = [24, 24, 30]
const light: Colour = [240, 240, 232]

/** What a thing shows at a spot of its box; null where one sees past it. */
export const drawings: Record<Thing, (spot: Spot) => Colour | null> = {
  // A striped bar that leans from lower left to upper right; it swings to the other side in T4.
  pole: ({ u, v, frame, phase, moves }) => {
    const lean = moves ? 0.25 + 0.1 * Math.sin(2 * Math.PI * (frame / 8 + phase)) : 0.25
    const centre = 0.5 + lean * (1 - 2 * v)
    if (Math.abs(u - centre) > 0.17) return null
    return Math.floor(v * 7) % 2 === 0 ? [250, 210, 40] : dark
  },
  // A checked disc.
  ball: ({ u, v }) => {
    const [x, y] = [u - 0.5, v - 0.5]
    if (x * x + y * y > 0.25) return null
    return (Math.floor(u * 5) + Math.floor(v * 5)) % 2 === 0 ? light : [30, 60, 180]
  },
  // A hoop; a mark on it goes round where it spins.
  ring: ({ u, v, frame, phase, moves }) => {
    const [x, y] = [u - 0.5, v - 0.5]
    const r = Math.hypot(x, y)
    if (r > 0.5 || r < 0.3) return null
    const turn = Math.atan2(y, x) / (2 * Math.PI) - phase - (moves ? frame / 10 : 0)
    return turn - Math.floor(turn) < 0.14 ? dark : [30, 160, 80]
  },
  // A patch with a cross that changes colours every two frames where it blinks.
  flag: ({ u, v, frame, phase, moves }) => {
    const on = !moves || Math.floor(frame / 2 + phase * 4) % 2 === 0
    const cross = Math.abs(u - 0.35) < 0.12 || Math.abs(v - 0.5) < 0.14
    return cross === on ? [205, 60, 150] : light
  },
  crate: ({ u, v }) => {
    const edge = Math.min(u, v, 1 - u, 1 - v) < 0.12
    const cross = Math.abs(u - v) < 0.09 || Math.abs(u + v - 1) < 0.09
    return edge || cross ? [80, 52, 24] : [160, 112, 60]
  },
  lamp: ({ u, v }) => {
    if (v < 0.55) return Math.abs(u - 0.5) < 0.15 + 0.6 * v ? [60, 70, 84] : null
    return Math.abs(u - 0.5) < 0.4 && v < 0.85 ? [255, 240, 170] : null
  },
  puddle: ({ u, v }) => {
    const [x, y] = [(u - 0.5) / 0.5, (v - 0.5) / 0.42]
    if (x * x + y * y > 1) return null
    return Math.sin(v * 22) > 0.3 ? [150, 190, 210] : [96, 140, 170]
  },
  window: ({ u, v }) => {
    const edge = Math.min(u, v, 1 - u, 1 - v) < 0.1 || Math.abs(u - 0.5) < 0.06 || Math.abs(v - 0.5) < 0.06
    return edge ? [70, 74, 82] : [200, 222, 236]
  },
}

/** The red variant: the same drawing with red in place of its own colour. */
export function reddened([r, g, b]: Colour): Colour {
  const value = (r + g + b) / 3
  return [Math.min(255, value * 0.5 + 110), value * 0.35, value * 0.35]
}
