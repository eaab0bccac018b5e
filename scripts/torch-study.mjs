// `node scripts/torch-study.mjs`: does the method explain a network that PyTorch trained? Three steps, the second in Python:
//   clips   writes ShapeActs clips for PyTorch
//   (python3 scripts/torch-study.py FOLDER trains a residual 3-D network with a temporal stride and exports it as ONNX)
//   explain brings the ONNX file in and measures its explanations
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { optionsOr } from './script-options.mjs'
import { onRightNode } from './right-node.mjs'

const help = `Usage: node scripts/torch-study.mjs clips|explain <folder> [--seed 0] [--draws 3]`

if (onRightNode(import.meta.filename)) process.exitCode = await main()

async function main() {
  const { values, positionals, problem } = optionsOr({
    allowPositionals: true,
    options: { seed: { type: 'string', default: '0' }, draws: { type: 'string', default: '3' } },
  })
  const [step, folder] = positionals
  if (problem || !folder || !['clips', 'explain'].includes(step)) {
    process.stderr.write(`${problem ?? 'Name a step and a folder.'}\n\n${help}\n`)
    return 2
  }
  const { withSources } = await import('./sources.mjs')
  const about = { folder: resolve(folder), seed: Number(values.seed), draws: Number(values.draws) }
  return withSources((load) => (step === 'clips' ? writeClips(load, about) : explain(load, about)))
}

async function writeClips(load, { folder, seed, draws }) {
  const { SampleConfig } = await load('src/shared/config/sample.ts')
  const { torchClips } = await load('src/main/studies/torch/torch-clips.ts')
  mkdirSync(folder, { recursive: true })
  const { scale, parts } = await torchClips(SampleConfig.parse({ seed }), draws)
  const about = { ...scale, parts: parts.map(({ name, shape, labels }) => ({ name, shape, labels })) }
  for (const { name, pixels } of parts) writeFileSync(join(folder, `${name}.raw`), pixels)
  writeFileSync(join(folder, 'clips.json'), JSON.stringify(about))
  return 0
}

async function explain(load, { folder, seed }) {
  const { openEngine } = await load('src/main/learning/engine/open-engine.ts')
  const { explainForeign } = await load('src/main/studies/torch/torch-study.ts')
  await openEngine()
  const found = await explainForeign(join(folder, 'net.onnx'), join(folder, 'sample.npz'), seed)
  console.log(JSON.stringify(found))
  writeFileSync(join(folder, 'explained.json'), `${JSON.stringify(found, null, 1)}\n`)
  return 0
}
