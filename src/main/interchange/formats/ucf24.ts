import { z } from 'zod'
import { groupOfUcf, ucf24Classes } from '@main/interchange/kit/ucf-names'
import { type Part, type Reading, bareVideo, defineFormat } from '@main/interchange/format'
import { type DenseBox, keyframesOf } from '@main/interchange/kit/dense-track'
import { type MatValue, readMat } from '@main/interchange/kit/mat5'
import { NumpyArray, unpickle } from '@main/interchange/kit/numpy-pickle'
import { actorTrack } from '@main/interchange/kit/said'
import { bytesOf } from '@main/interchange/source/source'

interface Tube {
  /** First frame, from 0. */
  from: number
  boxes: readonly (readonly [number, number, number, number])[]
}

interface TubeVideo {
  /** `Class/v_Class_g01_c01` */
  name: string
  frames: number | null
  label: number | null
  split: 'train' | 'test' | null
  tubes: readonly Tube[]
}

/**
 * UCF101-24 with the corrected boxes (gurkirt/corrected-UCF101-Annots): `pyannot.pkl` and `finalAnnots.mat`, and the file of
 * MOC and mmaction2, `UCF101v2-GT.pkl`. The boxes are the actor's, one tube per person, a box in every frame; x and y are
 * taken as they stand, as every published reader does.
 */
export const ucf24 = defineFormat({
  name: 'ucf24',
  title: 'UCF101-24 tubes (pkl, mat)',
  extensions: ['.pkl', '.mat'],
  options: z.object({}),
  losses: [],
  detect({ isFolder, name, head }) {
    if (isFolder) return null
    const text = Buffer.from(head).toString('latin1')
    if (text.startsWith('MATLAB 5.0'))
      return { confidence: /annot/i.test(name) ? 0.8 : 0.4, why: 'it is a MATLAB file' }
    const isPickle = head[0] === 0x80 && (head[1] ?? 0) <= 5
    if (!isPickle) return null
    const known = /annotations|gttubes|numf/.test(text)
    return { confidence: known ? 0.95 : 0.4, why: known ? 'it is a pickle with tubes of videos' : 'it is a pickle' }
  },
  async *read(source, _options, reading) {
    const bytes = await bytesOf(source)
    const videos =
      bytes[0] === 0x4d ? matVideos(readMat(source.name, bytes)) : pickledVideos(unpickle(source.name, bytes))
    for (const name of ucf24Classes) yield { kind: 'class', name }
    for (const video of videos) yield partOf(video, reading)
  },
})

function partOf({ name, frames, label, split, tubes }: TubeVideo, reading: Reading): Part {
  const file = name.split('/').at(-1) ?? name
  reading.read(tubes.reduce((sum, { boxes }) => sum + boxes.length, 0))
  const known = reading.video(file)
  const tracks = tubes.map(({ from, boxes }, i) => {
    const dense = boxes.map(([x, y, w, h], k): DenseBox => ({
      frame: from + k,
      box: { x1: x, y1: y, x2: x + w, y2: y + h },
      occluded: false,
    }))
    return actorTrack(keyframesOf(dense, known?.frames ?? frames ?? Infinity), { name: String(i + 1) })
  })
  const ofClass =
    label === null ? (name.includes('/') ? (name.split('/')[0] ?? null) : null) : (ucf24Classes[label] ?? null)
  const about = { class: ofClass, split, group: groupOfUcf(file), frames, width: 320, height: 240 }
  return { kind: 'video', line: null, video: bareVideo(file, { ...about, tracks }) }
}

function pickledVideos(value: unknown): TubeVideo[] {
  const root = mapOf(value)
  if (root.has('gttubes')) return mocVideos(root)
  const videos = root.has('db') ? mapOf(root.get('db')) : root
  const train = root.has('trainvideos') ? new Set(listOf(root.get('trainvideos')).map(String)) : null
  return [...videos].map(([name, one]) => {
    const about = mapOf(one)
    const tubes = listOf(about.get('annotations')).map((tube): Tube => {
      const fields = mapOf(tube)
      return { from: Number(fields.get('sf')), boxes: rowsOf(fields.get('boxes'), 0) }
    })
    const split = train ? (train.has(String(name)) ? ('train' as const) : ('test' as const)) : null
    return {
      name: String(name),
      frames: Number(about.get('numf')) || null,
      label: numberOr(about.get('label')),
      split,
      tubes,
    }
  })
}

/** `gttubes[video][label]`: arrays of frame (from 1), x1, y1, x2, y2. */
function mocVideos(root: ReadonlyMap<unknown, unknown>): TubeVideo[] {
  const flat = (key: string) =>
    new Set(
      listOf(root.get(key))
        .flatMap((one) => (Array.isArray(one) ? one : [one]))
        .map(String),
    )
  const [train, frames] = [flat('train_videos'), mapOf(root.get('nframes'))]
  return [...mapOf(root.get('gttubes'))].map(([name, labels]) => {
    const byLabel = [...mapOf(labels)]
    const tubes = byLabel.flatMap(([, arrays]) => listOf(arrays).flatMap(mocTubes))
    const split = train.has(String(name)) ? ('train' as const) : ('test' as const)
    return { name: String(name), frames: numberOr(frames.get(name)), label: numberOr(byLabel[0]?.[0]), split, tubes }
  })
}

function mocTubes(value: unknown): Tube[] {
  if (!(value instanceof NumpyArray) || value.rows === 0) return []
  const boxes = Array.from({ length: value.rows }, (_, i): [number, number, number, number] => {
    const [x1, y1] = [value.at(i, 1), value.at(i, 2)]
    return [x1, y1, value.at(i, 3) - x1, value.at(i, 4) - y1]
  })
  return [{ from: value.at(0, 0) - 1, boxes }]
}

/** `annot`: a struct array with name, num_imgs and tubes of sf, ef (from 1, inclusive), class (from 1) and boxes. */
function matVideos(variables: ReadonlyMap<string, MatValue>): TubeVideo[] {
  const annot = [...variables.values()].find((value) => value.kind === 'struct')
  if (annot?.kind !== 'struct') return []
  return annot.elements.map((video) => {
    const tubes = video.get('tubes')
    const elements = tubes?.kind === 'struct' ? tubes.elements : []
    const label = elements[0] ? firstNumber(elements[0].get('class')) : null
    return {
      name: textOf(video.get('name')),
      frames: firstNumber(video.get('num_imgs')),
      label: label === null ? null : label - 1,
      split: null,
      tubes: elements.map((tube) => ({
        from: (firstNumber(tube.get('sf')) ?? 1) - 1,
        boxes: matrixRows(tube.get('boxes')),
      })),
    }
  })
}

function matrixRows(value: MatValue | undefined): [number, number, number, number][] {
  if (value?.kind !== 'numbers') return []
  // A damaged file may claim more rows than it holds.
  const rows = Math.min(value.shape[0] ?? 0, Math.floor(value.values.length / 4))
  const at = (row: number, column: number) => value.values[column * rows + row] ?? Number.NaN
  return Array.from({ length: rows }, (_, i) => [at(i, 0), at(i, 1), at(i, 2), at(i, 3)])
}

function rowsOf(value: unknown, first: number): [number, number, number, number][] {
  if (!(value instanceof NumpyArray)) return []
  return Array.from({ length: value.rows }, (_, i) => [
    value.at(i, first),
    value.at(i, first + 1),
    value.at(i, first + 2),
    value.at(i, first + 3),
  ])
}

function mapOf(value: unknown): ReadonlyMap<unknown, unknown> {
  return value instanceof Map ? value : new Map()
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function numberOr(value: unknown): number | null {
  const number = Number(value ?? Number.NaN)
  return Number.isFinite(number) ? number : null
}

function firstNumber(value: MatValue | undefined): number | null {
  return value?.kind === 'numbers' ? (value.values[0] ?? null) : null
}

function textOf(value: MatValue | undefined): string {
  return value?.kind === 'text' ? value.text : ''
}
