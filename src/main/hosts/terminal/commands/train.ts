import { ClassifierConfig, classifierPresets } from '@shared/config/classifier'
import { ExplainerConfig, explainerPresets } from '@shared/config/explainer'
import type { Run, StartRun } from '@shared/contract/learning'
import { Failure } from '@shared/failures'
import type { RunId } from '@shared/ids'
import { Command, Option } from 'commander'
import type { Api } from '@shared/contract'
import { addSettings, settingsFrom } from '@main/hosts/terminal/kit/setting-options'
import { summaryLines } from '@main/hosts/terminal/kit/summary-lines'
import {
  type OpenStudio,
  type ProjectOptions,
  follow,
  projectOption,
  withApi,
} from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

interface TrainOptions extends ProjectOptions, Record<string, unknown> {
  preset?: string
  name?: string
  json?: boolean
  resume?: string
  classifier?: string
  start?: string
  summary?: boolean
}

type Presets = Readonly<Record<string, { description: string; settings: object }>>

/** `whynot train`: a line per report. Ctrl+C stops the run; it can go on from its last checkpoint. */
export function trainCommand(terminal: Terminal, open: OpenStudio): Command {
  const train = new Command('train').description('Train a classifier, or the model that explains one')
  const classifier = common('classifier', 'Train the classifier that is to be explained', classifierPresets)
  classifier.option(
    '--start <run>',
    'begin with the weights of this classifier run: same layers and classes, any picture size',
  )
  classifier.option('--summary', 'print the layers of the network and what its cells see, and train nothing')
  addSettings(classifier, ClassifierConfig).action((options: TrainOptions) =>
    withApi({ terminal, open }, options, async (api) => {
      const { preset, name, settings } = choice(options, classifierPresets)
      const config = settingsFrom(ClassifierConfig, settings, options)
      const startFrom = options.start ? (await runNamed(api, options.start)).id : undefined
      const start = { kind: 'classifier', preset, name, config, startFrom } as const
      if (options.summary) return summarise({ terminal, api }, options, start)
      return run({ terminal, api }, options, start)
    }),
  )
  const explainer = common('explainer', 'Train the model that explains a classifier', explainerPresets)
  explainer.option('--classifier <run>', 'name of the classifier run; the newest finished one when left out')
  addSettings(explainer, ExplainerConfig).action((options: TrainOptions) =>
    withApi({ terminal, open }, options, async (api) => {
      const { preset, name, settings } = choice(options, explainerPresets)
      const config = settingsFrom(ExplainerConfig, settings, options)
      const explains = options.classifier ? (await runNamed(api, options.classifier)).id : undefined
      return run({ terminal, api }, options, { kind: 'explainer', preset, name, explains, config })
    }),
  )
  return train.addCommand(classifier).addCommand(explainer)
}

/** The run of that name or id. Throws Failure UNKNOWN_NAME. */
export async function runNamed({ learning }: Pick<Api, 'learning'>, name: string): Promise<Run> {
  const list = await learning.runs()
  const found = list.find((run) => run.name === name || run.id === (name as RunId))
  if (!found) throw new Failure('UNKNOWN_NAME', { kind: 'run', name, known: list.map((run) => run.name) })
  return found
}

function common(name: string, description: string, presets: Presets): Command {
  const named = Object.entries(presets).map(([preset, { description: what }]) => `${preset}: ${what}`)
  return new Command(name)
    .description(description)
    .addOption(projectOption())
    .addOption(
      new Option('--preset <name>', `where the settings start. ${named.join(' ')}`).choices(Object.keys(presets)),
    )
    .option('--name <name>', 'name of the run')
    .option('--resume <run>', 'go on with an interrupted or stopped run of this name, with its own settings')
    .option('--json', 'print the finished run as one JSON object')
}

function choice({ preset, name }: TrainOptions, presets: Presets) {
  const settings = (preset ? presets[preset]?.settings : undefined) ?? {}
  return { preset: preset ?? 'Custom', name, settings: settings as Record<string, unknown> }
}

interface Session {
  terminal: Terminal
  api: Api
}

async function run({ terminal, api }: Session, options: TrainOptions, start: StartRun): Promise<void> {
  const { say, json } = terminal
  const { run: id, job } = await (options.resume ? resumed(api, options.resume) : api.learning.start(start))
  const stop = new AbortController()
  const showing = options.json ? Promise.resolve() : show(api, id, { say, signal: stop.signal })
  try {
    await follow(api, job, terminal)
  } finally {
    stop.abort()
    await showing
  }
  const done = await api.learning.run({ id })
  if (options.json) return json(done)
  const numbers = Object.entries(done.headline).map(([key, value]) => `${key} ${Number(value.toPrecision(4))}`)
  say(`${done.name} is done.  ${numbers.join('  ')}`)
}

/** Says what the settings make, and what speaks against them. */
async function summarise(
  { terminal, api }: Session,
  { json }: TrainOptions,
  start: Extract<StartRun, { kind: 'classifier' }>,
): Promise<void> {
  const { model, findings } = await api.learning.estimate(start)
  if (!model) return
  if (json) return terminal.json(model)
  for (const line of summaryLines(model, start.config)) terminal.say(line)
  for (const { level, text } of findings) if (level !== 'ok') terminal.say(`${level}: ${text}`)
}

async function resumed(api: Api, name: string) {
  const { id, job, state } = await runNamed(api, name)
  if (state === 'done')
    throw new Failure('BAD_SETTING', {
      setting: '--resume',
      reason: `${name} is done; nothing of it is left to train.`,
    })
  if (!job) throw new Failure('RUN_NOT_FINISHED', { run: id, state })
  await api.jobs.resume({ id: job })
  return { run: id, job }
}

async function show(
  { learning }: Api,
  id: RunId,
  { say, signal }: { say: Terminal['say']; signal: AbortSignal },
): Promise<void> {
  for await (const { step, epoch, values } of await learning.watch({ id }, { signal })) {
    const numbers = Object.entries(values).map(([key, value]) => `${key} ${Number(value.toPrecision(4))}`)
    say(`epoch ${epoch.toFixed(2)}  step ${step}  ${numbers.join('  ')}`)
  }
}
