import { unzipSync } from 'fflate'
import { readNpy } from '@main/learning/npy'
import { wholeFile } from './model-folder'
import { countOf, type Network, unfit } from './network'
import { fromAxes } from './onnx/axes'
import type { NumberArray } from './target-classifier'

/** Differences up to this share of the largest expected number are those of another engine's order of sums. */
const tolerance = 1e-3

/**
 * Runs a model on a sample that came with it: an .npz of NumPy with `input`, as the file of the model orders its axes, and
 * the `output` expected of it.
 * @returns the largest difference
 * @throws Failure MODEL_UNFIT where it says something else
 */
export async function checkSample(
  network: Network,
  file: string,
  { output, path }: { output: string; path: string },
): Promise<number> {
  const arrays = await readNpz(file)
  const [input, expected] = [arrays.get('input'), arrays.get('output') ?? arrays.get('logits')]
  if (!input || !expected) throw unfit(file, 'A sample is an .npz of float32 with the arrays "input" and "output".')
  const { frames, height, width } = network.input
  const clips = fromAxes(input, network.axes)
  if (String(clips.shape.slice(1)) !== String([frames, height, width, 3]))
    throw unfit(file, `Its input is [${input.shape.join(', ')}], which is no clip of this model.`)
  const [found] = await network.run(clips, output, [])
  if (!found || countOf(found.shape) !== countOf(expected.shape))
    throw unfit(file, `Its output is [${expected.shape.join(', ')}]; the model puts out [${found?.shape.join(', ')}].`)
  const difference = largestDifference(found.values, expected.values)
  const largest = expected.values.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
  if (!(difference <= tolerance * largest))
    throw unfit(path, `What it puts out of the sample is off by ${difference.toPrecision(3)}: it is another model.`)
  return difference
}

async function readNpz(file: string): Promise<Map<string, NumberArray>> {
  const bytes = await wholeFile(file)
  try {
    const entries = Object.entries(unzipSync(bytes)).flatMap(([name, content]): [string, NumberArray][] => {
      const array = readNpy(Buffer.from(content))
      return array ? [[name.replace(/\.npy$/, ''), array]] : []
    })
    return new Map(entries)
  } catch (error) {
    throw unfit(file, 'It is no .npz of NumPy: it is damaged, or cut off, or another kind of file.', error)
  }
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? 0))), 0)
}
