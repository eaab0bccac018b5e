import { type FullSampleConfig, type SampleConfig, withTier } from '@shared/config/sample'
import type { Box } from '@shared/geometry/box'
import { type Random, random } from '@main/learning/random'
import { type Thing, vocabulary } from './vocabulary'

/** One thing of a scene: what it is, which attribute it shows, where it is in each frame. */
export interface Actor {
  thing: Thing
  /** Number of the attribute; null where it only stands there (T4, without its motion). */
  attribute: number | null
  red: boolean
  moves: boolean
  /** Pixels of the picture before camera motion; null where it is not visible. */
  boxes: readonly (Box | null)[]
  /** Phase of its own motion, 0 to 1. */
  phase: number
}

export interface Scene {
  label: number
  actors: readonly Actor[]
  /** The person who is always there: left edge in each frame, and the floor's height. */
  person: { x: readonly number[]; y: number; height: number }
  /** RGB of sky and floor. */
  colours: { sky: readonly [number, number, number]; floor: readonly [number, number, number] }
  /** Camera displacement of each frame in pixels. */
  camera: readonly { x: number; y: number }[]
  brightness: number
  /** A dark bar in front: left edge in each frame, or null. */
  occluder: { x: readonly number[]; width: number } | null
  seed: number
}

export type SampleSplit = 'train' | 'test'

/** The scene of clip `index`. Same configuration, split and index, same scene. */
export function sceneOf(config: SampleConfig, split: SampleSplit, index: number): Scene {
  const full = withTier(config)
  const stream = random(config.seed, split === 'train' ? 1 : 2, index)
  const truth = index % 2 ** config.removable
  const label = split === 'train' && stream.chance(config.labelNoise) ? stream.int(2 ** config.removable) : truth
  const person = personOf(full, stream)
  const actors = place(full, truth, { stream, person })
  const reddish = stream.chance(config.spurious) ? truth & 1 : stream.int(2)
  return {
    label,
    actors,
    person,
    colours: coloursOf(stream, config.spurious > 0 && reddish === 1),
    camera: cameraOf(full, stream),
    brightness: 1 + full.brightness * stream.between(-1, 1),
    occluder: stream.chance(full.occlusion) ? occluderOf(full, stream) : null,
    seed: stream.int(2 ** 31),
  }
}

interface Placing {
  stream: Random
  person: Scene['person']
}

/** Puts things where they hardly cover each other: overlap of any two at most .1 on average over the clip. */
function place(config: FullSampleConfig, label: number, { stream, person }: Placing): Actor[] {
  const actors: Actor[] = []
  for (const [number, word] of vocabulary(config).entries()) {
    if (word.kind === 'variant') continue
    const removable = word.kind === 'removable'
    const shown = removable ? (label & (1 << number)) !== 0 : stream.chance(config.distractor)
    if (!shown && !(removable && config.tier === 'T4')) continue
    const red = removable && stream.chance(config.optionalAttributes)
    const attribute = shown ? (red ? number + config.removable : number) : null
    const span = removable && config.tier !== 'T4' ? spanOf(config, stream) : { from: 0, to: config.frames }
    const base = { thing: word.thing, attribute, red, moves: removable && shown, phase: stream.next() }
    const draw = (count: number) =>
      Array.from({ length: count }, () => {
        const boxes = pathOf(config, word.thing, { stream, person, span, moves: base.moves })
        const actor = { ...base, boxes }
        return { actor, overlap: Math.max(0, ...actors.map((other) => overlapOf(actor, other))) }
      })
    const free = freest(draw(40))
    const placed = removable && free.overlap > 0.1 ? freest([free, ...draw(400)]) : free
    if (removable || placed.overlap <= 0.1) actors.push(placed.actor)
  }
  return actors
}

interface Candidate {
  actor: Actor
  overlap: number
}

/** The first that covers next to nothing, else the one that covers least. */
function freest(candidates: readonly Candidate[]): Candidate {
  const found = candidates.find(({ overlap }) => overlap <= 0.02)
  return found ?? candidates.reduce((a, b) => (b.overlap < a.overlap ? b : a))
}

/** Intersection over the smaller box, averaged over the frames in which both are there. */
function overlapOf(a: Actor, b: Actor): number {
  const shares = a.boxes.flatMap((box, t) => {
    const other = b.boxes[t]
    if (!box || !other) return []
    const w = Math.min(box.x2, other.x2) - Math.max(box.x1, other.x1)
    const h = Math.min(box.y2, other.y2) - Math.max(box.y1, other.y1)
    const smaller = Math.min((box.x2 - box.x1) * (box.y2 - box.y1), (other.x2 - other.x1) * (other.y2 - other.y1))
    return [w > 0 && h > 0 ? (w * h) / smaller : 0]
  })
  return shares.length ? shares.reduce((sum, share) => sum + share, 0) / shares.length : 0
}

function spanOf({ frames, minimumSpan }: FullSampleConfig, stream: Random): { from: number; to: number } {
  const shortest = Math.max(2, Math.ceil(minimumSpan * frames))
  const length = stream.chance(0.5) ? frames : shortest + stream.int(frames - shortest + 1)
  const from = stream.int(frames - length + 1)
  return { from, to: from + length }
}

/** Width and height in cells. */
const sizes: Record<Thing, readonly [number, number]> = {
  pole: [2, 3],
  ball: [2.25, 2.25],
  ring: [2.5, 2.5],
  flag: [2.5, 2],
  crate: [2, 2],
  lamp: [2, 2],
  puddle: [2.5, 2],
  window: [2, 2],
}

interface Path extends Placing {
  span: { from: number; to: number }
  moves: boolean
}

function pathOf(config: FullSampleConfig, thing: Thing, { stream, person, span, moves }: Path): (Box | null)[] {
  const { size, frames, cell } = config
  const scale = stream.between(0.95, 1.1)
  const [w, h] = sizes[thing].map((cells) => Math.min(3, Math.max(2, cells * scale)) * cell) as [number, number]
  const towardsCentre = (value: number, side: number) => value + ((size - side) / 2 - value) * 0.5 * config.centreBias
  const home = {
    x: towardsCentre(stream.between(1, size - w - 1), w),
    y: towardsCentre(stream.between(1, size - h - 1), h),
  }
  const speed = { x: stream.between(-0.55, 0.55) * cell, y: stream.between(-0.4, 0.4) * cell }
  const carried = thing === 'pole' && config.tier !== 'T4' && stream.chance(0.5)
  const positions = Array.from({ length: frames }, (_, t) => {
    if (carried) return { x: (person.x[t] ?? 0) + cell * 0.7, y: person.y - person.height - h * 0.1 }
    if (thing === 'ball' && moves)
      return { x: reflected(home.x + speed.x * t, size - w), y: reflected(home.y + speed.y * t, size - h) }
    return home
  })
  return positions.map(({ x, y }, t) => {
    if (t < span.from || t >= span.to) return null
    const left = Math.min(size - w, Math.max(0, x))
    const top = Math.min(size - h, Math.max(0, y))
    return { x1: left, y1: top, x2: left + w, y2: top + h }
  })
}

/** A path folded back at both ends of [0, limit]. */
function reflected(value: number, limit: number): number {
  const period = 2 * limit
  const folded = ((value % period) + period) % period
  return folded <= limit ? folded : period - folded
}

function personOf({ size, frames, cell }: FullSampleConfig, stream: Random): Scene['person'] {
  const start = stream.between(cell, size - 3 * cell)
  const speed = stream.between(-0.3, 0.3) * cell
  const x = Array.from({ length: frames }, (_, t) => reflected(start + speed * t, size - 3 * cell))
  return { x, y: size * stream.between(0.82, 0.94), height: 3.2 * cell }
}

function coloursOf(stream: Random, reddish: boolean): Scene['colours'] {
  const tone = stream.between(95, 165)
  const tint = () => tone + stream.between(-18, 18)
  const sky: [number, number, number] = [tint(), tint(), tint()]
  if (reddish) sky[0] = Math.min(235, sky[0] + 60)
  const floor = sky.map((value) => value * stream.between(0.72, 0.85)) as [number, number, number]
  return { sky, floor }
}

function cameraOf({ frames, cell, pan, shake }: FullSampleConfig, stream: Random): { x: number; y: number }[] {
  const angle = stream.between(0, 2 * Math.PI)
  return Array.from({ length: frames }, (_, t) => ({
    x: Math.round(Math.cos(angle) * pan * cell * (t / frames - 0.5) + shake * cell * stream.between(-1, 1)),
    y: Math.round(Math.sin(angle) * pan * cell * (t / frames - 0.5) + shake * cell * stream.between(-1, 1)),
  }))
}

function occluderOf({ size, frames, cell }: FullSampleConfig, stream: Random): Scene['occluder'] {
  const speed = stream.between(0.3, 0.8) * cell * (stream.chance(0.5) ? 1 : -1)
  const start = stream.between(0, size)
  return { x: Array.from({ length: frames }, (_, t) => start + speed * t), width: cell * stream.between(0.6, 1) }
}

/** Columns that the bar in front covers in a frame, or null where there is none. */
export function occluderSpan({ occluder }: Scene, frame: number, size: number): readonly [number, number] | null {
  if (!occluder) return null
  const at = Math.round(occluder.x[frame] ?? 0)
  const left = ((at % size) + size) % size
  return [left, left + Math.round(occluder.width)]
}
