import { ExplainerConfig } from '@shared/config/explainer'
import { SampleConfig } from '@shared/config/sample'
import { evaluate } from '@main/evaluation/evaluate'
import { blackOf } from '@main/explanation/classify'
import { measureAccuracy } from '@main/learning/target/measure-accuracy'
import { importModel } from '@main/learning/target/model-import'
import { inspectModel } from '@main/learning/target/model-inspect'
import type { PixelScale } from '@main/learning/target/pixel-scale'
import { sampleSource } from '@main/sample/shape-acts'
import { type Numbers, numbersOf } from '@main/studies/numbers'
import { sampleEvaluation, trainSampleExplainer } from '@main/studies/trained-sample'

export interface TorchStudy {
  taps: readonly { name: string; grid: readonly number[]; stride: readonly number[] }[]
  /** Largest difference of the logits from what PyTorch says of the sample beside the file. */
  logitsDiffer: number
  accuracy: number
  confidence: number
  method: Numbers
  randomTube: Numbers
}

/**
 * A network that another program trained on ShapeActs, brought in as a file and explained like one of our own.
 * @param sampleFile clips and what the other program says of them (.npz)
 */
export async function explainForeign(file: string, sampleFile: string, seed: number): Promise<TorchStudy> {
  const facts = await inspectModel({ path: file })
  if (!facts.scale) throw new Error(`${file} does not say its pixel scale (mean, std)`)
  const scale = facts.scale as unknown as PixelScale
  const target = await importModel(file, { taps: facts.proposed, scale })
  try {
    const logitsDiffer = await target.check(sampleFile)
    const sample = SampleConfig.parse({ seed })
    const [train, test] = [sampleSource(sample, 'train'), sampleSource(sample, 'test')]
    const { accuracy, confidence } = await measureAccuracy(target, test, { windows: 1, batch: 8 })
    const config = ExplainerConfig.parse({ seed })
    const explainer = await trainSampleExplainer({ model: target, train }, config)
    const input = sampleEvaluation({ model: target, accuracy, train, test }, explainer, { config })
    const measured = await evaluate({ ...input, colours: { black: blackOf(target), mean: [0, 0, 0] } })
    return {
      taps: target.taps.map(({ name, rows, cols, strideX, strideY, time }) => ({
        ...{ name, grid: [time?.frames ?? target.frames, rows, cols], stride: [time?.stride ?? 1, strideY, strideX] },
      })),
      ...{ logitsDiffer, accuracy, confidence },
      method: numbersOf(measured, 'method'),
      randomTube: numbersOf(measured, 'randomTube'),
    }
  } finally {
    target.dispose()
  }
}
