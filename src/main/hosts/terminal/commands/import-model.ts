import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ImportedModelSettings, importedConfig } from '@shared/config/imported-model'
import type { ModelFacts, Run } from '@shared/contract/learning'
import { namesIn } from '@shared/class-order'
import { Failure } from '@shared/failures'
import { Command } from 'commander'
import { addSettings, settingsFrom } from '@main/hosts/terminal/kit/setting-options'
import {
  type OpenStudio,
  type ProjectOptions,
  follow,
  projectOption,
  withApi,
} from '@main/hosts/terminal/kit/studio-session'
import { tapLine } from '@main/hosts/terminal/kit/summary-lines'
import { aligned } from '@main/hosts/terminal/kit/table'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

interface ImportModelOptions extends ProjectOptions, Record<string, unknown> {
  classes?: string
  createClasses?: boolean
  check?: string
  name?: string
  inspect?: boolean
  json?: boolean
}

/** `whynot import-model`: somebody else's model as the classifier that is explained. */
export function importModelCommand(terminal: Terminal, open: OpenStudio): Command {
  const { say, json, cwd } = terminal
  const command = new Command('import-model')
    .description("Bring in somebody else's model (ONNX, TensorFlow.js) as a classifier, to be explained")
    .argument('<file>', 'a model of ONNX, or model.json of a LayersModel or a GraphModel, its weights beside it')
    .addOption(projectOption())
    .option('--inspect', 'list its layers and which can be feature maps, and bring nothing in')
    .option(
      '--classes <file>',
      "a text file with the names of its outputs in their order, one a line; the project's classes when left out",
    )
    .option('--create-classes', 'make the classes that the project lacks')
    .option('--check <file>', 'an .npz with its "input" and the "output" expected of it, which must agree')
    .option('--name <name>', 'name of the run')
    .option('--json', 'print one JSON object')
  return addSettings(command, ImportedModelSettings).action((file: string, options: ImportModelOptions) =>
    withApi({ terminal, open }, options, async (api) => {
      const path = resolve(cwd, file)
      const settings = settingsFrom(ImportedModelSettings, {}, withoutAuto(options))
      if (options.inspect) {
        const facts = await api.learning.inspectModel({ path, ...openSizes(settings) })
        return options.json ? json(facts) : factLines(facts).forEach(say)
      }
      const { name, createClasses = false } = options
      const classes = options.classes === undefined ? undefined : namesOf(resolve(cwd, options.classes))
      const check = options.check === undefined ? undefined : resolve(cwd, options.check)
      const about = { ...settings, path, name, classes, createClasses, check }
      const { run, job, maxDifference } = await api.learning.importModel(about)
      await follow(api, job, terminal)
      const done = await api.learning.run({ id: run })
      if (options.json) return json(importedJson(done, maxDifference))
      runLines(done).forEach(say)
      if (maxDifference !== null) say(`The sample agrees to ${maxDifference.toPrecision(2)}.`)
    }),
  )
}

/** `--taps auto` is what leaving it out is. */
function withoutAuto({ taps, ...options }: ImportModelOptions): Record<string, unknown> {
  return String(taps) === 'auto' || taps === undefined ? options : { ...options, taps }
}

function openSizes({ classOutput, frames, size }: ImportedModelSettings) {
  return { classOutput, frames, size }
}

/** What was found, for a script. */
function importedJson(done: Run, maxDifference: number | null) {
  const { id, name, classes, headline, config } = done
  const { maps = [], size, frames, format, output, scale } = importedConfig(config) ?? {}
  const taps = maps.map(({ name: tap, rows, cols, channels, strideX, strideY, receptiveField, time }) => ({
    name: tap,
    grid: [time?.frames ?? frames, rows, cols, channels],
    stride: [time?.stride ?? 1, strideY, strideX],
    receptive: receptiveField,
  }))
  const check = maxDifference === null ? null : { maxDifference }
  return { run: id, name, format, inputs: { frames, size, scale }, taps, output, classes, headline, check }
}

function namesOf(file: string): string[] {
  if (!existsSync(file)) throw new Failure('PATH_NOT_FOUND', { path: file })
  return namesIn(readFileSync(file, 'utf8'))
}

function factLines({ format, frames, height, width, classes, output, layers, proposed }: ModelFacts): string[] {
  const rows = layers.map(({ name, kind, output: sizes, isMap }) => {
    const role = proposed.includes(name) ? 'feature map, proposed' : isMap ? 'feature map' : ''
    return [name, kind, sizes.join(' x ') || 'not known', role]
  })
  return [
    `${formatNames[format]}: takes ${frames} frames of ${width} x ${height}, puts out ${classes} ${output}`,
    ...aligned([['layer', 'kind', 'output', 'can be'], ...rows]),
    proposed.length > 0
      ? `Bring it in with: --taps ${proposed.join(',')}`
      : `No layer keeps its frames as a map of cells: it cannot be explained.`,
  ]
}

const formatNames = { 'layers-model': 'LayersModel', 'graph-model': 'GraphModel', onnx: 'ONNX' } as const

/** What was found, and the order of the classes to be checked: a wrong one makes an accuracy of chance. */
function runLines({ name, config, classes, headline }: Run): string[] {
  const { maps = [], size = 0, frames = 0 } = importedConfig(config) ?? {}
  const { testAccuracy } = headline
  return [
    `${name} is done.${testAccuracy === undefined ? ' No test video to measure it on.' : `  testAccuracy ${testAccuracy.toFixed(3)}`}`,
    ...maps.map((map) => tapLine(map, { size, frames })),
    `Outputs in their order: ${classes.join(', ')}`,
  ]
}
