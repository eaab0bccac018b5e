import { expect, test } from 'vitest'
import { VideoId } from '@shared/ids'
import type { ClipLoader } from '@main/media/clips/clip-loader'
import type { ClipRequest } from '@main/media/clips/clip-reader'
import type { ClipRow } from '@main/runs/clip-rows'
import { ProjectClips } from '@main/worker/session/project-clips'

const shape = { size: 32, frames: 4, stride: 2, shortVideos: 'reflect' as const }

function someClips(frames: number, tracks: ClipRow['tracks'] = [], source = { width: 64, height: 64 }) {
  const asked: ClipRequest[] = []
  const loader = {
    read: async (requests: ClipRequest[]) => {
      asked.push(...requests)
      // Each picture is filled with its ordinal, so that a clip tells which ones it was made of.
      const pictures = requests.flatMap((request) => request.frames.map((frame) => ({ frame, ...request })))
      const pixels = Buffer.concat(pictures.map(({ frame, width, height }) => Buffer.alloc(width * height * 3, frame)))
      return { pixels, count: requests.length, toSource: [] }
    },
  }
  const row: ClipRow = {
    ...{
      id: VideoId.parse('v'),
      name: 'v',
      label: 1,
      unsure: [],
      assigned: [0],
      sources: {},
      group: null,
      tracks,
      actors: [],
    },
    video: { path: 'v.mp4', frames, width: 64, height: 64, fps: 8, source },
  }
  const clips = new ProjectClips([row], 2, 1, { shape, loader: loader as unknown as ClipLoader })
  return { clips, asked }
}

test('a random window depends on seed, epoch and video alone', () => {
  const { clips } = someClips(100)
  const at = (seed: number, epoch: number) => clips.frames(0, { kind: 'random', seed, epoch })
  expect(at(1, 0)).toEqual(at(1, 0))
  const starts = new Set(Array.from({ length: 20 }, (_, epoch) => at(1, epoch)[0]))
  expect(starts.size).toBeGreaterThan(8)
  const [first = 0, second = 0] = at(1, 3)
  expect(second - first).toBe(2)
})

test('evenly spaced windows begin at the start and end at the end', () => {
  const { clips } = someClips(10)
  expect(clips.frames(0, { kind: 'window', index: 0, of: 2 })).toEqual([0, 2, 4, 6])
  expect(clips.frames(0, { kind: 'window', index: 1, of: 2 })).toEqual([3, 5, 7, 9])
})

test('boxes are given in clip pixels, null where the attribute is not visible', () => {
  const keyframes = [
    { frame: 2, box: { x1: 16, y1: 32, x2: 32, y2: 64 }, outside: false, occluded: false },
    { frame: 5, box: { x1: 16, y1: 32, x2: 32, y2: 64 }, outside: true, occluded: false },
  ]
  const { clips } = someClips(8, [{ attribute: 0, keyframes }])
  const draw = { kind: 'window', index: 0, of: 1 } as const
  expect(clips.frames(0, draw)).toEqual([1, 3, 5, 7])
  expect(clips.tubes(0, draw)).toEqual([{ attribute: 0, boxes: [null, { x1: 8, y1: 16, x2: 16, y2: 32 }, null, null] }])
  expect(clips.truth(0, draw).get(0)).toEqual([[], [{ x1: 8, y1: 16, x2: 16, y2: 32 }], [], []])
})

test('the middle of a wide video is what a clip shows', () => {
  const { clips } = someClips(8, [], { width: 128, height: 64 })
  expect(clips.toSource(0)).toEqual({ scaleX: 2, scaleY: 2, offsetX: 32, offsetY: 0 })
})

test('a clip has the pictures of its window, in the size of the network', async () => {
  const { clips, asked } = someClips(8)
  const { pixels, count } = await clips.read([0], { kind: 'window', index: 0, of: 1 })
  expect(asked[0]).toMatchObject({ width: 32, height: 32, fit: 'crop' })
  expect(count).toBe(1)
  expect([0, 1, 2, 3].map((t) => pixels[t * 32 * 32 * 3])).toEqual([1, 3, 5, 7])
})
