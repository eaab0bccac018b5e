import { ClassifierConfig, classifierPresets } from '@shared/config/classifier'
import type { SampleConfig } from '@shared/config/sample'
import type { ClipSource } from '@main/learning/clip-source'
import { type PixelScale, PixelScaleMeter } from '@main/learning/target/pixel-scale'
import { prepareClips } from '@main/learning/target/prepare-clips'
import { relabelFor, sampleSource } from '@main/sample/shape-acts'

/** Clips for a training elsewhere. */
export interface WrittenClips {
  scale: PixelScale
  parts: readonly { name: string; shape: readonly number[]; pixels: Uint8Array; labels: readonly number[] }[]
}

const atOnce = 32

/**
 * Clips of ShapeActs as a training in another program needs them: training clips drawn `draws` times as our own training
 * draws them, with tubes erased and classes that follow, and the test clips as they are.
 * @returns pixels [clips, T, H, W, 3] RGB
 */
export async function torchClips(sample: SampleConfig, draws: number): Promise<WrittenClips> {
  const config = ClassifierConfig.parse({ ...classifierPresets.Tour.settings, seed: sample.seed })
  const [train, test] = [sampleSource(sample, 'train'), sampleSource(sample, 'test')]
  const scale = await scaleOf(train)
  const labels: number[] = []
  const size = config.frames * config.size * config.size * 3
  const pixels = new Uint8Array(draws * train.count * size)
  for (let draw = 0; draw < draws; draw++) {
    for (let from = 0; from < train.count; from += atOnce) {
      const indices = Array.from({ length: Math.min(atOnce, train.count - from) }, (_, i) => from + i)
      const clips = await train.read(indices, { kind: 'random', seed: config.seed, epoch: draw })
      const drawn = prepareClips(clips, indices, draw, { config, train, scale, relabel: relabelFor(sample) })
      pixels.set(bytesOf(drawn.values, scale), (draw * train.count + from) * size)
      labels.push(...drawn.labels)
    }
  }
  const tested = await test.read(range(test.count), { kind: 'window', index: 0, of: 1 })
  const shapeOf = (count: number) => [count, config.frames, config.size, config.size, 3]
  return {
    scale,
    parts: [
      { name: 'train', shape: shapeOf(draws * train.count), pixels, labels },
      { name: 'test', shape: shapeOf(test.count), pixels: tested.pixels, labels: range(test.count).map(test.label) },
    ],
  }
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i)
}

async function scaleOf(train: ClipSource): Promise<PixelScale> {
  const meter = new PixelScaleMeter()
  const count = Math.min(train.count, 64)
  for (const i of range(count).map((k) => Math.floor((k * train.count) / count)))
    meter.add((await train.read([i], { kind: 'window', index: 0, of: 1 })).pixels)
  return meter.scale()
}

/** Network inputs as pixels again. */
function bytesOf(values: Float32Array, { mean, deviation }: PixelScale): Uint8Array {
  return Uint8Array.from(values, (value, i) =>
    Math.max(0, Math.min(255, Math.round(255 * (value * (deviation[i % 3] ?? 1) + (mean[i % 3] ?? 0))))),
  )
}
