import { type SampleConfig, withTier } from '@shared/config/sample'
import { type Random, random } from '@main/learning/random'
import { drawings, reddened, type Colour } from './drawings'
import { type Actor, occluderSpan, type Scene } from './scene'

/** Draws a scene. @returns [T, H, W, 3] RGB; the same scene gives the same bytes on every machine */
export function render(config: SampleConfig, scene: Scene): Uint8Array {
  const full = withTier(config)
  const { size, frames } = full
  const stream = random(scene.seed)
  const texture = full.background === 'noise' || full.background === 'moving' ? textureOf(size, stream) : null
  const pictures = new Float32Array(frames * size * size * 3)
  for (let t = 0; t < frames; t++) {
    const picture = pictures.subarray(t * size * size * 3, (t + 1) * size * size * 3)
    const canvas = { picture, size, frame: t, camera: scene.camera[t] ?? { x: 0, y: 0 } }
    drawBackground(canvas, scene, { kind: full.background, texture })
    drawPerson(canvas, scene)
    for (const actor of scene.actors) drawActor(canvas, actor)
    drawOccluder(canvas, scene)
  }
  const soft = full.blur > 0 ? blurred(pictures, { size, radius: full.blur }) : pictures
  return toBytes(soft, { brightness: scene.brightness, noise: full.noise * 255, stream })
}

interface Canvas {
  /** [H, W, 3] */
  picture: Float32Array
  size: number
  frame: number
  camera: { x: number; y: number }
}

function put({ picture, size }: Canvas, x: number, y: number, [r, g, b]: Colour): void {
  if (x < 0 || y < 0 || x >= size || y >= size) return
  const at = (y * size + x) * 3
  picture[at] = r
  picture[at + 1] = g
  picture[at + 2] = b
}

interface Background {
  kind: SampleConfig['background']
  texture: Float32Array | null
}

function drawBackground(canvas: Canvas, { colours, person }: Scene, { kind, texture }: Background): void {
  const { size, camera, frame } = canvas
  const shift = kind === 'moving' ? frame : 0
  for (let y = 0; y < size; y++) {
    const base = y - camera.y < person.y - 2 ? colours.sky : colours.floor
    const shade = kind === 'flat' ? 0 : ((y - camera.y) / size - 0.5) * 36
    for (let x = 0; x < size; x++) {
      const grain = texture
        ? (texture[wrap(y - camera.y, size) * size + wrap(x - camera.x + shift, size)] as number)
        : 0
      put(canvas, x, y, [base[0] + shade + grain, base[1] + shade + grain, base[2] + shade + grain])
    }
  }
}

function wrap(value: number, size: number): number {
  return ((Math.round(value) % size) + size) % size
}

/** Smooth noise: random values on a coarse grid, interpolated. */
function textureOf(size: number, stream: Random): Float32Array {
  const step = 6
  const side = Math.ceil(size / step) + 1
  const grid = Float32Array.from({ length: side * side }, () => stream.between(-26, 26))
  return Float32Array.from({ length: size * size }, (_, i) => {
    const [x, y] = [(i % size) / step, Math.floor(i / size) / step]
    const [left, top] = [Math.floor(x), Math.floor(y)]
    const at = (dx: number, dy: number) => grid[(top + dy) * side + left + dx] as number
    const [fx, fy] = [x - left, y - top]
    return (at(0, 0) * (1 - fx) + at(1, 0) * fx) * (1 - fy) + (at(0, 1) * (1 - fx) + at(1, 1) * fx) * fy
  })
}

/** The person who is always there: head, body, walking legs. No attribute of any class. */
function drawPerson(canvas: Canvas, { person }: Scene): void {
  const { camera, frame } = canvas
  const left = Math.round((person.x[frame] ?? 0) + camera.x)
  const foot = Math.round(person.y + camera.y)
  const h = Math.round(person.height)
  const stride = Math.round(Math.sin(frame * 0.9) * h * 0.12)
  for (let y = 0; y < h; y++) {
    const share = y / h
    const row = foot - h + y
    if (share < 0.26) span(canvas, row, [left + 3, left + 8], [222, 180, 150])
    else if (share < 0.68) span(canvas, row, [left + 2, left + 9], [70, 80, 130])
    else {
      span(canvas, row, [left + 3 - stride, left + 5 - stride], [44, 48, 70])
      span(canvas, row, [left + 6 + stride, left + 8 + stride], [44, 48, 70])
    }
  }
}

function span(canvas: Canvas, y: number, [from, to]: readonly [number, number], colour: Colour): void {
  for (let x = from; x < to; x++) put(canvas, x, y, colour)
}

function drawActor(canvas: Canvas, { thing, boxes, red, moves, phase }: Actor): void {
  const box = boxes[canvas.frame]
  if (!box) return
  const { camera, frame } = canvas
  const [x1, y1] = [box.x1 + camera.x, box.y1 + camera.y]
  const [w, h] = [box.x2 - box.x1, box.y2 - box.y1]
  for (let y = Math.floor(y1); y < Math.ceil(y1 + h); y++) {
    for (let x = Math.floor(x1); x < Math.ceil(x1 + w); x++) {
      const [u, v] = [(x + 0.5 - x1) / w, (y + 0.5 - y1) / h]
      if (u < 0 || v < 0 || u >= 1 || v >= 1) continue
      const colour = drawings[thing]({ u, v, frame, phase, moves })
      if (colour) put(canvas, x, y, red ? reddened(colour) : colour)
    }
  }
}

function drawOccluder(canvas: Canvas, scene: Scene): void {
  const bar = occluderSpan(scene, canvas.frame, canvas.size)
  if (!bar) return
  for (let y = 0; y < canvas.size; y++) span(canvas, y, bar, [34, 36, 42])
}

/** Mean over squares of 2 * radius + 1 pixels: along rows, then along columns. */
function blurred(pictures: Float32Array, { size, radius }: { size: number; radius: number }): Float32Array {
  const rows = averaged(pictures, { size, radius, step: 3, place: (i) => Math.floor(i / 3) % size })
  return averaged(rows, { size, radius, step: size * 3, place: (i) => Math.floor(i / (size * 3)) % size })
}

function averaged(
  values: Float32Array,
  { size, radius, step, place }: { size: number; radius: number; step: number; place: (i: number) => number },
): Float32Array {
  const soft = new Float32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const at = place(i)
    const [from, to] = [Math.max(-radius, -at), Math.min(radius, size - 1 - at)]
    let sum = 0
    for (let d = from; d <= to; d++) sum += values[i + d * step] as number
    soft[i] = sum / (to - from + 1)
  }
  return soft
}

function toBytes(
  pictures: Float32Array,
  { brightness, noise, stream }: { brightness: number; noise: number; stream: Random },
): Uint8Array {
  const bytes = new Uint8ClampedArray(pictures.length)
  for (let i = 0; i < pictures.length; i++)
    bytes[i] = (pictures[i] as number) * brightness + (noise > 0 ? noise * stream.normal() : 0)
  return new Uint8Array(bytes.buffer)
}
