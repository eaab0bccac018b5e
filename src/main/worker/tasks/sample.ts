import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SampleConfig } from '@shared/config/sample'
import { encodeClip, picturesIn } from '@main/media/files/encode-clip'
import { openDecoder } from '@main/media/decode/open-decoder'
import { render } from '@main/sample/render'
import { type SampleEntry, sampleRate } from '@main/sample/sample-entry'
import { sampleClips } from '@main/sample/shape-acts'
import type { TaskTools, WorkerTasks } from '@main/runs/worker-tasks'

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
