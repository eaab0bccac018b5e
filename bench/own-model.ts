import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openNetwork } from '@main/learning/target/model-network'
import { quantile, rounded } from './support/measure'

const rounds = 5

const script = `
import sys, time, json
import torch, torchvision
torch.manual_seed(0)
model = torchvision.models.video.r3d_18(weights=None).eval()
clip = torch.randn(1, 3, 16, 112, 112)
file = sys.argv[1] + "/net.onnx"
torch.onnx.export(model, (clip,), file, input_names=["clip"], output_names=["logits"], dynamo=True, verbose=False)
times = []
with torch.no_grad():
    model(clip)
    for _ in range(${rounds}):
        start = time.perf_counter(); model(clip); times.append(1000 * (time.perf_counter() - start))
open(sys.argv[1] + "/times.json", "w").write(json.dumps(sorted(times)))
`

/** torchvision's r3d_18 on one clip of 112x112x16: ONNX Runtime as the studio uses it, beside PyTorch, where that is there. */
export async function bench(say: (line: string) => void): Promise<Record<string, unknown>> {
  const python = process.env.PYTHON ?? 'python3'
  const folder = mkdtempSync(join(tmpdir(), 'whynot-own-model-'))
  try {
    writeFileSync(join(folder, 'export.py'), script)
    try {
      execFileSync(python, [join(folder, 'export.py'), folder], { stdio: ['ignore', 'ignore', 'pipe'] })
    } catch (error) {
      const [reason] = String((error as { stderr?: Buffer }).stderr ?? error)
        .trim()
        .split('\n')
        .slice(-1)
      say(`PyTorch and torchvision are not there (${reason}); set PYTHON or PYTHONPATH`)
      return { onnxForwardMs: null, torchForwardMs: null, reason }
    }
    return { ...(await forwardTimes(folder)), clip: [16, 112, 112], rounds }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function forwardTimes(folder: string): Promise<{ onnxForwardMs: number; torchForwardMs: number }> {
  const network = await openNetwork(join(folder, 'net.onnx'))
  const { frames, height, width } = network.input
  const clip = { values: new Float32Array(frames * height * width * 3), shape: [1, frames, height, width, 3] }
  await network.run(clip, 'logits', [])
  const samples: number[] = []
  for (let round = 0; round < rounds; round++) {
    const from = performance.now()
    await network.run(clip, 'logits', [])
    samples.push(performance.now() - from)
  }
  network.dispose()
  const torch = JSON.parse(readFileSync(join(folder, 'times.json'), 'utf8')) as number[]
  return { onnxForwardMs: rounded(quantile(samples, 0.5)), torchForwardMs: rounded(quantile(torch, 0.5)) }
}
