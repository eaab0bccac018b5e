import fc from 'fast-check'
import { joinedSpans } from '@shared/geometry/span'
import type { NeutralAnswer, NeutralTrack, NeutralVideo } from '@main/interchange/dataset'

const word = fc.constantFrom('person', 'ball, "red"', 'Fuß über Straße', '赤い旗', 'a/b', 'using pole')
const place = fc.integer({ min: 0, max: 8_900 }).map((value) => value / 100)

/** A track whose key frames are in order, one a frame, and of which something is seen. */
const track = (frames: number): fc.Arbitrary<NeutralTrack> =>
  fc
    .record({
      attribute: word,
      at: fc.uniqueArray(fc.integer({ min: 0, max: frames - 1 }), { minLength: 1, maxLength: 5 }),
      corners: fc.array(fc.tuple(place, place, place, place), { minLength: 5, maxLength: 5 }),
      outside: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
      occluded: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
    })
    .map(({ attribute, at, corners, outside, occluded }) => {
      const keyframes = at
        .sort((a, b) => a - b)
        .map((frame, i) => {
          const [x, y, w, h] = corners[i]!
          const box = { x1: x, y1: y, x2: x + w + 1, y2: y + h + 1 }
          return { frame, box, outside: i > 0 && outside[i]!, occluded: occluded[i]! }
        })
      return { source: 'person', person: null, at: null, kind: 'attribute', attribute, keyframes, name: null }
    })

/** Spans of a video that do not touch each other. */
const spansOf = (frames: number) =>
  fc
    .array(fc.tuple(fc.nat(frames - 1), fc.nat(5)), { maxLength: 3 })
    .map((some) => joinedSpans(some.map(([from, length]) => ({ from, to: Math.min(frames - 1, from + length) }))))

/** A video of 200 x 180 pixels with up to three tracks and four answers, those that are present with spans. */
export const anyVideo = (name: string): fc.Arbitrary<NeutralVideo> =>
  fc.integer({ min: 2, max: 40 }).chain(
    (frames) =>
      fc
        .record({
          tracks: fc.array(track(frames), { maxLength: 3 }),
          answers: fc.uniqueArray(fc.tuple(word, fc.constantFrom('present', 'absent', 'unsure'), spansOf(frames)), {
            selector: ([a]) => a,
            maxLength: 4,
          }),
        })
        .map(({ tracks, answers }) => ({
          ...{ name, sha256: null, path: null, class: null, split: null, group: null },
          ...{ frames, width: 200, height: 180, fps: 25, tracks },
          answers: answers.flatMap(([attribute, value, spans]): NeutralAnswer[] => {
            const said = { attribute, source: 'person', person: null, at: null, confidence: null } as const
            const seen = value === 'present' ? spans.map((span) => ({ ...said, value: 'present' as const, span })) : []
            return [{ ...said, value: value as NeutralAnswer['value'], span: null }, ...seen]
          }),
        })) as fc.Arbitrary<NeutralVideo>,
  )
