import type { DenseBox } from './dense-track'

/** Boxes a piece of memory is made for: a few at first, since many objects have few. */
const [first, most] = [4, 1024]
/** Files give three decimals at most, and sums of them that are off by what floating point makes of them. */
const [parts, noise] = [1000, 1e-6]

interface Piece {
  /** Four corners of each: whole thousandths, or where they are none, as they are. */
  corners: Int32Array | Float64Array
  frames: Int32Array | Float64Array
  occluded: Uint8Array
  length: number
}

/** Boxes as numbers in a row, an eighth of what objects take: a file may hold millions, frame by frame, in any order. */
export class PackedBoxes {
  private readonly pieces: Piece[] = []
  private count = 0
  private last = -Infinity
  private isRising = true

  get length(): number {
    return this.count
  }

  push({ frame, box, occluded }: DenseBox): void {
    const corners = [box.x1, box.y1, box.x2, box.y2]
    const isWhole = isInt32(frame) && corners.every(isThousandths)
    const piece = this.room(isWhole)
    this.isRising &&= frame > this.last
    this.last = frame
    piece.corners.set(isWhole ? corners.map((side) => Math.round(side * parts)) : corners, piece.length * 4)
    piece.frames[piece.length] = frame
    piece.occluded[piece.length] = Number(occluded)
    piece.length += 1
    this.count += 1
  }

  /** As objects, in the order they came. */
  all(): DenseBox[] {
    return this.pieces.flatMap((piece) => Array.from({ length: piece.length }, (_, i) => boxAt(piece, i)))
  }

  /** One by one in rising order of frame; of two in one frame the later one. */
  *inOrder(): Generator<DenseBox> {
    if (!this.isRising) {
      const byFrame = new Map(this.all().map((one) => [one.frame, one]))
      return yield* [...byFrame.values()].sort((a, b) => a.frame - b.frame)
    }
    for (const piece of this.pieces) for (let i = 0; i < piece.length; i++) yield boxAt(piece, i)
  }

  private room(isWhole: boolean): Piece {
    const last = this.pieces.at(-1)
    if (last && last.length < last.frames.length && last.corners instanceof Int32Array === isWhole) return last
    const size = Math.min(last ? last.frames.length * 2 : first, most)
    const numbers = isWhole
      ? { corners: new Int32Array(size * 4), frames: new Int32Array(size) }
      : { corners: new Float64Array(size * 4), frames: new Float64Array(size) }
    const piece = { ...numbers, occluded: new Uint8Array(size), length: 0 }
    this.pieces.push(piece)
    return piece
  }
}

function isInt32(value: number): boolean {
  return (value | 0) === value
}

function isThousandths(value: number): boolean {
  const whole = Math.round(value * parts)
  return isInt32(whole) && Math.abs(value * parts - whole) < noise
}

function boxAt({ corners, frames, occluded }: Piece, i: number): DenseBox {
  const unit = corners instanceof Int32Array ? parts : 1
  const side = (k: number) => (corners[i * 4 + k] ?? 0) / unit
  const box = { x1: side(0), y1: side(1), x2: side(2), y2: side(3) }
  return { frame: frames[i] ?? 0, box, occluded: occluded[i] === 1 }
}

/** Something made of each object that was gathered by name; each is let go when its turn comes. */
export function* drained<Value, Made>(
  objects: Map<string, Value>,
  make: (name: string, object: Value) => Made,
): Generator<Made> {
  for (const [name, object] of objects) {
    objects.delete(name)
    yield make(name, object)
  }
}

/** Adds a box to the object of a name, which begins empty. */
export function packTo(objects: Map<string, PackedBoxes>, name: string, box: DenseBox): void {
  const own = objects.get(name) ?? new PackedBoxes()
  if (own.length === 0) objects.set(name, own)
  own.push(box)
}
