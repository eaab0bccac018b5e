import { ClassifierConfig, classifierPresets } from '@shared/config/classifier'
import { ExplainerConfig, explainerPresets } from '@shared/config/explainer'
import type { ClipSource } from '@main/learning/clip-source'
import { random } from '@main/learning/random'
import { trainClassifier } from '@main/learning/target/train-classifier'
import { trainSampleExplainer } from './trained-sample'
import type { Numbers } from './numbers'

/** As many classes and attributes as UCF101-24 has in the paper. */
const [classes, attributes] = [24, 40]
const clips = 48

/**
 * One epoch at the paper's settings (width 64, 112x112x16, 24 classes, 40 attributes, batch 30) over 48 generated clips,
 * classifier and explainer: does it fit, and is the memory what the byte budgets say? Memory is that of the process, so
 * that this case wants a process of its own.
 */
export async function paperSize(seed: number): Promise<Record<string, Numbers>> {
  const before = residentMb()
  const config = ClassifierConfig.parse({ ...classifierPresets.Paper.settings, batch: 30, epochs: 1, seed })
  const source = noiseSource(config, seed)
  const from = performance.now()
  const { model } = await trainClassifier({ config, train: source })
  const trained = performance.now()
  const afterClassifier = peakMb()
  try {
    const explaining = ExplainerConfig.parse({
      ...explainerPresets.Paper.settings,
      ...{ seed, steps: Math.ceil(clips / 30), batch: 30 },
    })
    await trainSampleExplainer({ model, train: source }, explaining)
    return {
      'paper-size': {
        classifierSeconds: (trained - from) / 1000,
        explainerSeconds: (performance.now() - trained) / 1000,
        startMb: before,
        classifierPeakMb: afterClassifier,
        classifierBudgetMb: config.memoryBudget,
        explainerPeakMb: peakMb(),
        explainerBudgetMb: explaining.memoryBudget,
      },
    }
  } finally {
    model.dispose()
  }
}

/** Noise with labels: what counts here is size. */
function noiseSource({ size, frames }: ClassifierConfig, seed: number): ClipSource {
  const stream = random(seed, 7)
  const bytes = frames * size * size * 3
  const noise = Uint8Array.from({ length: bytes + clips }, () => stream.int(256))
  return {
    count: clips,
    classes,
    attributes,
    label: (i) => i % classes,
    assigned: (i) => Array.from({ length: 10 }, (_, s) => (i + 4 * s) % attributes).sort((a, b) => a - b),
    read: (indices) => {
      const pixels = new Uint8Array(indices.length * bytes)
      indices.forEach((index, i) => pixels.set(noise.subarray(index, index + bytes), i * bytes))
      return Promise.resolve({ pixels, count: indices.length })
    },
  }
}

const residentMb = () => Math.round(process.memoryUsage.rss() / 1e6)
/** The process's largest so far; the system counts in KiB. */
const peakMb = () => Math.round((process.resourceUsage().maxRSS * 1024) / 1e6)
