import { ClassifierConfig, classifierPresets } from '@shared/config/classifier'
import { ExplainerConfig, explainerPresets } from '@shared/config/explainer'
import type { Api } from '@shared/contract'
import type { Run, RunKind, StartRun } from '@shared/contract/learning'
import { Failure } from '@shared/failures'
import type { RunId } from '@shared/ids'
import { type Command, Option } from 'commander'
import type { z } from 'zod'
import { settingsFrom } from '@main/hosts/terminal/kit/setting-options'
import { type ProjectOptions, projectOption } from '@main/hosts/terminal/kit/studio-session'

export interface TrainOptions extends ProjectOptions, Record<string, unknown> {
  preset?: string
  name?: string
  json?: boolean
  classifier?: string
  start?: string
}

export type TrainKind = RunKind

type Presets = Readonly<Record<string, { description: string; settings: object }>>

interface KindOfTraining {
  what: string
  schema: z.ZodObject
  /** Adds where its settings start, what it begins with or explains, and what it is called. */
  options: (command: Command, called: string) => Command
}

export const trainKinds: Readonly<Record<TrainKind, KindOfTraining>> = {
  classifier: {
    what: 'the classifier that is to be explained',
    schema: ClassifierConfig,
    options: (command, called) =>
      common(command, classifierPresets, called).option(
        '--start <run>',
        'begin with the weights of this classifier run: same layers and classes, any picture size',
      ),
  },
  explainer: {
    what: 'the model that explains a classifier',
    schema: ExplainerConfig,
    options: (command, called) =>
      common(command, explainerPresets, called).option(
        '--classifier <run>',
        'name of the classifier run; the newest finished one when left out',
      ),
  },
}

/** The run that options ask for. Throws Failure UNKNOWN_NAME, BAD_SETTING. */
export async function startOf(kind: TrainKind, api: Pick<Api, 'learning'>, options: TrainOptions): Promise<StartRun> {
  const { preset = 'Custom', name } = options
  if (kind === 'classifier') {
    const config = settingsFrom(ClassifierConfig, presetOf(classifierPresets, options), options)
    const startFrom = options.start ? (await runNamed(api, options.start)).id : undefined
    return { kind, preset, name, config, startFrom }
  }
  const config = settingsFrom(ExplainerConfig, presetOf(explainerPresets, options), options)
  const explains = options.classifier ? (await runNamed(api, options.classifier)).id : undefined
  return { kind, preset, name, config, explains }
}

/** The run of that name or id. Throws Failure UNKNOWN_NAME. */
export async function runNamed({ learning }: Pick<Api, 'learning'>, name: string): Promise<Run> {
  const list = await learning.runs()
  const found = list.find((run) => run.name === name || run.id === (name as RunId))
  if (!found) throw new Failure('UNKNOWN_NAME', { kind: 'run', name, known: list.map((run) => run.name) })
  return found
}

function presetOf(presets: Presets, { preset }: TrainOptions): Record<string, unknown> {
  return ((preset ? presets[preset]?.settings : undefined) ?? {}) as Record<string, unknown>
}

function common(command: Command, presets: Presets, called: string): Command {
  const named = Object.entries(presets).map(([preset, { description: what }]) => `${preset}: ${what}`)
  return command
    .addOption(projectOption())
    .addOption(
      new Option('--preset <name>', `where the settings start. ${named.join(' ')}`).choices(Object.keys(presets)),
    )
    .option('--name <name>', `name of the ${called}`)
    .option('--json', `print the finished ${called} as one JSON object`)
}
