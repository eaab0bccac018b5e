import type { SampleConfig } from '@shared/config/sample'
import type { Box } from '@shared/geometry/box'
import type { Keyframe } from '@shared/geometry/track'
import type { ClipBatch, ClipSource, ClipTube } from '@main/learning/clip-source'
import { render } from './render'
import { occluderSpan, type SampleSplit, type Scene, sceneOf } from './scene'
import { classNames, classWithout, vocabulary } from './vocabulary'

/** One clip of ShapeActs as an import needs it. */
export interface SampleClip {
  name: string
  split: SampleSplit
  class: string
  /** Names of the attributes that are there, distractors among them. */
  attributes: readonly string[]
  tracks: readonly { attribute: string; keyframes: readonly Keyframe[] }[]
  scene: Scene
}

/** Every clip of a data set, described; `render` draws it. */
export function* sampleClips(config: SampleConfig): Generator<SampleClip> {
  const classes = classNames(config)
  const words = vocabulary(config)
  for (const split of ['train', 'test'] as const) {
    for (let i = 0; i < config[split]; i++) {
      const scene = sceneOf(config, split, i)
      const shown = scene.actors.flatMap((actor) =>
        actor.attribute === null
          ? []
          : [{ attribute: words[actor.attribute]?.name ?? '', boxes: seenBoxes(config, scene, actor.boxes) }],
      )
      yield {
        name: `${split}_${String(i).padStart(4, '0')}`,
        split,
        class: classes[scene.label] ?? '',
        attributes: shown.map(({ attribute }) => attribute),
        tracks: shown.map(({ attribute, boxes }) => ({ attribute, keyframes: keyframesOf(config, scene, boxes) })),
        scene,
      }
    }
  }
}

/** Boxes as the camera sees them, cut at the picture's edge. */
function seenBoxes({ size }: SampleConfig, { camera }: Scene, boxes: readonly (Box | null)[]): (Box | null)[] {
  return boxes.map((box, t) => {
    if (!box) return null
    const { x, y } = camera[t] ?? { x: 0, y: 0 }
    const [x1, y1, x2, y2] = [
      Math.max(0, box.x1 + x),
      Math.max(0, box.y1 + y),
      Math.min(size, box.x2 + x),
      Math.min(size, box.y2 + y),
    ]
    return x2 > x1 && y2 > y1 ? { x1, y1, x2, y2 } : null
  })
}

/** A key frame per frame, an outside one where the thing goes; or the middle one alone, as in the paper's data. */
function keyframesOf({ annotation, size }: SampleConfig, scene: Scene, boxes: readonly (Box | null)[]): Keyframe[] {
  const dense = boxes.flatMap((box, frame): Keyframe[] => {
    if (box) return [{ frame, box, outside: false, occluded: isOccluded(box, occluderSpan(scene, frame, size)) }]
    const before = boxes[frame - 1]
    return before ? [{ frame, box: before, outside: true, occluded: false }] : []
  })
  if (annotation === 'dense') return dense
  const visible = dense.filter((keyframe) => !keyframe.outside)
  const middle = visible[Math.floor(visible.length / 2)]
  if (!middle) return []
  const after = { ...middle, frame: middle.frame + 1, outside: true }
  return after.frame < boxes.length ? [middle, after] : [middle]
}

/** Occluded: the bar in front hides a quarter of the box or more. */
function isOccluded({ x1, x2 }: Box, bar: readonly [number, number] | null): boolean {
  return bar !== null && Math.min(x2, bar[1]) - Math.max(x1, bar[0]) >= (x2 - x1) / 4
}

/** Clips drawn on the spot, for tests and benchmarks: the same pixels as the files hold, without the files. */
export function sampleSource(config: SampleConfig, split: SampleSplit): ClipSource {
  const scenes = Array.from({ length: config[split] }, (_, i) => sceneOf(config, split, i))
  const cache = new Map<number, Uint8Array>()
  const pixelsOf = (index: number) => {
    const pixels = cache.get(index) ?? render(config, scenes[index] as Scene)
    cache.set(index, pixels)
    return pixels
  }
  return {
    count: scenes.length,
    classes: 2 ** config.removable,
    attributes: vocabulary(config).length,
    label: (i) => scenes[i]?.label ?? 0,
    assigned: (i) => scenes[i]?.actors.flatMap(({ attribute }) => (attribute === null ? [] : [attribute])) ?? [],
    tubes: (i) =>
      scenes[i]?.actors.flatMap((actor): ClipTube[] =>
        actor.attribute === null
          ? []
          : [{ attribute: actor.attribute, boxes: seenBoxes(config, scenes[i] as Scene, actor.boxes) }],
      ) ?? [],
    read: async (indices): Promise<ClipBatch> => {
      const clips = indices.map(pixelsOf)
      const pixels = new Uint8Array(clips.reduce((sum, clip) => sum + clip.length, 0))
      clips.reduce((at, clip) => (pixels.set(clip, at), at + clip.length), 0)
      return { pixels, count: clips.length }
    },
  }
}

/** What a clip becomes when attributes are erased, for training with erasing. */
export function relabelFor(config: SampleConfig): (label: number, erased: readonly number[]) => number {
  return (label, erased) => classWithout(config, label, erased)
}
