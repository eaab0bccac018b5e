import { resolve } from 'node:path'
import { Command } from 'commander'
import { type OpenStudio, type ProjectOptions, projectOption, withApi } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'
import { runNamed } from './train-options'

interface ExportModelOptions extends ProjectOptions {
  run?: string
  json?: boolean
}

/** `whynot export-model`: a classifier that was trained here as ONNX or LayersModel. */
export function exportModelCommand({ say, json, cwd, ...terminal }: Terminal, open: OpenStudio): Command {
  return new Command('export-model')
    .description('Write a classifier that was trained here as ONNX, or as a LayersModel of TensorFlow.js')
    .argument('<file>', 'the file to write: .onnx, or model.json with its weights beside it')
    .addOption(projectOption())
    .option('--run <name>', 'name of the run; the newest classifier when left out')
    .option('--json', 'print one JSON object')
    .action((file: string, options: ExportModelOptions) =>
      withApi({ terminal: { say, json, cwd, ...terminal }, open }, options, async (api) => {
        const run = options.run ? (await runNamed(api, options.run)).id : undefined
        const path = resolve(cwd, file)
        const written = await api.learning.exportModel({ path, run })
        if (options.json) return json({ path, ...written })
        say(
          `${path}: ${Math.ceil(written.bytes / 1e3)} kB. It takes [N, frames, height, width, 3], normalised as its metadata says.`,
        )
      }),
    )
}
