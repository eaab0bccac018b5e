import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { openEngine } from '@main/learning/engine/open-engine'
import { layerList, multiplyAdds } from '@main/learning/target/layer-list'
import { ClassifierConfig } from '@shared/config/classifier'
import { convShape, type ConvSpeed, convSpeed } from './support/conv-speed'
import { option } from './support/measure'
import { OurNetwork } from './support/our-network'
import { openStockWasm } from './support/stock-wasm'
import { TorchProcess } from './support/torch-process'

type Say = (line: string) => void
type Side = 'ours' | 'default' | 'channels_last'
type What = 'forward' | 'step'
/** Milliseconds, one per repetition. */
type Times = Record<Side, Record<What, number[]>>

const classes = 24
const width = option('width', 32)
const config = ClassifierConfig.parse({
  ...{ stem: width, widths: [1, 2, 4, 8].map((times) => times * width) },
  ...{ batch: option('batch', 2), learningRate: 0.01 },
})
const turns = 6
const perTurn = { forward: 3, step: 2 } as const

/**
 * Forward pass and training step of the target classifier (C3D-ResNet, 9 convolutions, 16 frames of 112x112; `--width`
 * and `--batch`) beside the same network in PyTorch, on the processor or the GPU that the studio's engine uses, both
 * sides taking turns; and the speed of one 3-D convolution on native TensorFlow, on our WebAssembly kernels and on those
 * that tfjs-backend-wasm brings along (`--convolutions 0` leaves it out).
 */
export async function bench(say: Say): Promise<Record<string, unknown>> {
  const gflops = option('convolutions', 1) ? await convolutions(say) : null
  const engine = await openEngine()
  say(`engine: ${engine.backend} ${engine.version}, ${engine.device}; ${engine.reason}`)
  const layers = layerList(config)
  const { size, frames, stem, widths, batch } = config
  const torch = new TorchProcess(join(import.meta.dirname, 'support', 'train_step.py'), {
    ...{ layers, size, frames, batch, classes, weightDecay: config.weightDecay },
    threads: Number(process.env.WHYNOT_THREADS ?? 0),
    device: (tf.backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice ? 'cuda' : 'cpu',
  })
  const started = await torch.start()
  if (!started) say(`PyTorch is not here (${torch.whyNot}); only our side is timed`)
  const times = await takeTurns(started ? torch : null, say)
  torch.close()
  const forwardGflop = (2 * batch * multiplyAdds(layers, { size, frames })) / 1e9
  return {
    engine,
    network: { name: 'C3D-ResNet', convolutions: 9, size, frames, stem, widths, batch, classes, forwardGflop },
    ...compared(times, started),
    gflops,
  }
}

async function convolutions(say: Say) {
  await openStockWasm()
  const stockWasm = convSpeed(1)
  say(`stock tfjs-wasm: ${line(stockWasm)}`)
  await openEngine({ backend: 'wasm' })
  const wasm = convSpeed(5)
  say(`our WebAssembly kernels: ${line(wasm)}`)
  const native = await nativeSpeed()
  say(`native TensorFlow: ${native ? line(native) : 'not installed here (npm run engine)'}`)
  const wasmOverStock = Number((wasm.together / stockWasm.together).toFixed(1))
  return { layer: convShape, native, wasm, stockWasm, wasmOverStock }
}

async function nativeSpeed(): Promise<ConvSpeed | null> {
  const { backend } = await openEngine()
  return backend === 'tensorflow' ? convSpeed(10) : null
}

const line = ({ forward, inputGradient, filterGradient, together }: ConvSpeed) =>
  `${together} GFLOP/s (forward ${forward}, input gradient ${inputGradient}, filter gradient ${filterGradient})`

/** Both sides do a little in turn, so that whatever else the machine does meets all of them alike. */
async function takeTurns(torch: TorchProcess | null, say: Say): Promise<Times> {
  const empty = () => ({ forward: [] as number[], step: [] as number[] })
  const times: Times = { ours: empty(), default: empty(), channels_last: empty() }
  const network = new OurNetwork(config, classes)
  for (let turn = 0; turn <= turns; turn++) {
    for (const what of ['forward', 'step'] as const) {
      const measured = {
        ours: Array.from({ length: perTurn[what] }, () => network[what]()),
        default: (await torch?.times(what, 'default', perTurn[what])) ?? [],
        channels_last: (await torch?.times(what, 'channels_last', perTurn[what])) ?? [],
      }
      // The first turn warms up.
      if (turn > 0) for (const side of Object.keys(times) as Side[]) times[side][what].push(...measured[side])
    }
    say(`turn ${turn} of ${turns}`)
  }
  network.dispose()
  return times
}

function compared(times: Times, started: { version: string; device: string } | null) {
  const of = (side: Side) => ({ forwardMs: median(times[side].forward), stepMs: median(times[side].step) })
  const ours = of('ours')
  if (!started) return { ours, torch: null }
  const [plain, channelsLast] = [of('default'), of('channels_last')]
  const ratio = (a: number, b: number) => Number((a / b).toFixed(3))
  const best = {
    forwardMs: Math.min(plain.forwardMs, channelsLast.forwardMs),
    stepMs: Math.min(plain.stepMs, channelsLast.stepMs),
  }
  return {
    ours,
    torch: { version: started.version, device: started.device, default: plain, channelsLast },
    oursOverBestTorch: { forward: ratio(ours.forwardMs, best.forwardMs), step: ratio(ours.stepMs, best.stepMs) },
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const value = sorted.length % 2 ? sorted[middle] : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
  return Number((value ?? 0).toFixed(2))
}
