import type { NeutralAnswer, NeutralTrack } from '@main/interchange/dataset'
import { type KnownVideo, type Part, type Reading, bareVideo, partsOfVideo } from '@main/interchange/format'
import { keyframesInOrder, keyframesOf, linked } from './dense-track'
import { type PackedBoxes, drained, packTo } from './packed-boxes'
import { answer, trackNamed } from './said'
import { FrameClock } from './seconds'

/** An attribute by name, and what was chosen or written there. */
export type ViaWords = readonly [name: string, values: readonly string[]]

/** One entry of a VIA 3 project, its metadata told by words. */
export interface ViaEntry {
  /** Seconds: none for the whole file, one for a frame, two for a span. */
  times: readonly number[]
  /** `[2, x, y, w, h]` for a box; empty for none. */
  shape: readonly number[]
  /** Attribute name and chosen word. */
  words: readonly ViaWords[]
}

/** Shapes and answers of one file, as VIA 3 holds them: no identity, so boxes of one word are told apart by `track`. */
export class ViaVideo {
  private readonly boxes = new Map<string, PackedBoxes>()
  private readonly answers: NeutralAnswer[] = []
  private readonly clock: FrameClock | null

  constructor(
    private readonly name: string,
    private readonly video: KnownVideo | null,
    private readonly reading: Reading,
  ) {
    this.clock = video && new FrameClock(video)
  }

  take({ times, shape, words }: ViaEntry, line: number | null): void {
    this.reading.read(1)
    const frames = times.map((time, i) => this.frame(time, line, i === 1))
    if (frames.includes(null)) return
    const at = frames as number[]
    if (shape.length === 0) return this.say(words, at)
    const [kind, x = 0, y = 0, w = 0, h = 0] = shape
    const [frame] = at
    if (kind !== 2 || frame === undefined)
      return this.reading.note({ kind: 'skipped', line, reason: `${this.name}: a shape that is no box in a frame` })
    const track = words.find(([key]) => key === trackKey)?.[1][0] ?? ''
    const word = words.find(([key]) => key !== trackKey && key !== flagKey)?.[1][0] ?? ''
    if (!word) return this.reading.note({ kind: 'skipped', line, reason: `${this.name}: a box without a word` })
    const flags = words.find(([key]) => key === flagKey)?.[1] ?? []
    const key = `${track}\n${word}`
    const box = { x1: x, y1: y, x2: x + w, y2: y + h }
    packTo(this.boxes, key, { frame, box, occluded: flags.includes('occluded') })
  }

  /** What was said of it, boxes let go on the way. */
  parts(link: boolean): Generator<Part> {
    return partsOfVideo(bareVideo(this.name, { answers: this.answers }), this.tracks(link))
  }

  private *tracks(link: boolean): Generator<NeutralTrack> {
    const end = this.video?.frames ?? Infinity
    const byObject = drained(this.boxes, (key, packed) => {
      const [id = '', ...words] = key.split('\n')
      return { id, word: words.join('\n'), packed }
    })
    for (const { id, word, packed } of byObject) {
      if (id) yield trackNamed(word, keyframesInOrder(packed.inOrder(), end), { name: id })
      else {
        const boxes = packed.all()
        const objects = link ? linked(boxes) : boxes.map((box) => [box])
        for (const dense of objects) yield trackNamed(word, keyframesOf(dense, end))
      }
    }
  }

  private frame(time: number, line: number | null, isEnd: boolean): number | null {
    const frame = (isEnd ? this.clock?.endAt(time) : this.clock?.frameAt(time)) ?? null
    if (frame === null) {
      const why = this.video
        ? `${time} s lies outside the video`
        : 'times are in seconds, and the project does not know the video'
      this.reading.note({ kind: this.video ? 'outOfRange' : 'skipped', line, reason: `${this.name}: ${why}` })
    }
    return frame
  }

  private say(words: readonly ViaWords[], frames: readonly number[]): void {
    const [from, to = from] = frames
    const span = from === undefined || to === undefined ? null : { from: Math.min(from, to), to: Math.max(from, to) }
    for (const [name, values] of words) {
      const value = name === 'absent' || name === 'unsure' ? name : 'present'
      for (const one of values.filter(Boolean)) this.answers.push(answer(one, value, { span }))
    }
  }
}

/** Attributes of our own that keep what VIA has no place for. */
export const trackKey = 'track'
export const flagKey = 'flags'
