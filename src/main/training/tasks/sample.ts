import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SampleConfig } from '@shared/config/sample'
import type { Keyframe } from '@shared/geometry/track'
import { encodeClip, picturesIn } from '../../media/encode-clip'
import { openDecoder } from '../../media/open-decoder'
import { render } from '../../sample/render'
import { type SampleClip, sampleClips } from '../../sample/shape-acts'
import type { TaskTools, WorkerTasks } from '../worker-tasks'

/** What was drawn into one file. */
export interface SampleEntry extends Omit<SampleClip, 'scene' | 'tracks' | 'attributes'> {
  /** Relative to the folder of the manifest. */
  file: string
  attributes: readonly string[]
  tracks: readonly { attribute: string; keyframes: readonly Keyframe[] }[]
}

export const sampleRate = 8

/** Draws ShapeActs into lossless files, a folder per class, with a manifest of what is in them beside. */
export async function writeSample(
  { folder, config }: WorkerTasks['sample']['in'],
  { signal, emit }: TaskTools,
): Promise<WorkerTasks['sample']['out']> {
  const sample = SampleConfig.parse(config)
  const decoder = await openDecoder('auto')
  const entries: SampleEntry[] = []
  const total = sample.train + sample.test
  const folders = new Set<string>()
  const encoding: Promise<unknown>[] = []
  for (const { scene, ...clip } of sampleClips(sample)) {
    signal.throwIfAborted()
    const file = join(clip.class, `${clip.name}.mkv`)
    if (!folders.has(clip.class)) await mkdir(join(folder, clip.class), { recursive: true })
    folders.add(clip.class)
    const { size } = sample
    const pictures = picturesIn(render(sample, scene), size, size)
    const options = { file: join(folder, file), width: size, height: size, fps: sampleRate, lossless: true }
    encoding.push(encodeClip(decoder, pictures, options))
    // Two at a time: the encoder's own threads fill the gaps of the drawing, and no more pixels are kept than needed.
    if (encoding.length >= 2) await encoding.shift()
    entries.push({ ...clip, file })
    const progress = { label: 'drawing clips', done: entries.length, total, secondsLeft: null }
    emit({ kind: 'progress', progress })
  }
  await Promise.all(encoding)
  const manifest = join(folder, 'manifest.json')
  await writeFile(manifest, JSON.stringify(entries))
  return { manifest }
}
