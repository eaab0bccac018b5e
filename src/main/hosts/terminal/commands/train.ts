import { ClassifierConfig, classifierPresets } from '@shared/config/classifier'
import { ExplainerConfig, explainerPresets } from '@shared/config/explainer'
import type { Run, StartRun } from '@shared/contract/learning'
import { Failure } from '@shared/failures'
import type { RunId } from '@shared/ids'
import { Command, Option } from 'commander'
import type { Studio } from '@main/studio'
import type { Workspace } from '@main/workspace'
import { addSettings, settingsFrom } from '@main/hosts/terminal/kit/setting-options'
import { summaryLines } from '@main/hosts/terminal/kit/summary-lines'
import {
  type OpenStudio,
  type ProjectOptions,
  follow,
  projectOption,
  withProject,
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
    withProject({ terminal, open }, options, async (workspace, studio) => {
      const { preset, name, settings } = choice(options, classifierPresets)
      const config = settingsFrom(ClassifierConfig, settings, options)
      const startFrom = options.start ? runNamed(workspace, options.start).id : undefined
      const start = { kind: 'classifier', preset, name, config, startFrom } as const
      if (options.summary) return summarise({ terminal, workspace }, options, start)
      return run({ terminal, studio, workspace }, options, start)
    }),
  )
  const explainer = common('explainer', 'Train the model that explains a classifier', explainerPresets)
  explainer.option('--classifier <run>', 'name of the classifier run; the newest finished one when left out')
  addSettings(explainer, ExplainerConfig).action((options: TrainOptions) =>
    withProject({ terminal, open }, options, (workspace, studio) => {
      const { preset, name, settings } = choice(options, explainerPresets)
      const config = settingsFrom(ExplainerConfig, settings, options)
      const explains = options.classifier ? runNamed(workspace, options.classifier).id : undefined
      return run({ terminal, studio, workspace }, options, { kind: 'explainer', preset, name, explains, config })
    }),
  )
  return train.addCommand(classifier).addCommand(explainer)
}

/** The run of that name or id. Throws Failure UNKNOWN_NAME. */
export function runNamed({ runs }: Workspace, name: string): Run {
  const list = runs.list()
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
  studio: Studio
  workspace: Workspace
}

async function run({ terminal, studio, workspace }: Session, options: TrainOptions, start: StartRun): Promise<void> {
  const { say, json } = terminal
  const { run: id, job } = await (options.resume
    ? resumed(studio, workspace, options.resume)
    : workspace.runs.start(start))
  const stop = new AbortController()
  const showing = options.json ? Promise.resolve() : show(workspace, id, { say, signal: stop.signal })
  try {
    await follow(studio, job, terminal)
  } finally {
    stop.abort()
    await showing
  }
  const done = workspace.runs.get(id)
  if (options.json) return json(done)
  const numbers = Object.entries(done.headline).map(([key, value]) => `${key} ${Number(value.toPrecision(4))}`)
  say(`${done.name} is done.  ${numbers.join('  ')}`)
}

/** Says what the settings make, and what speaks against them. */
function summarise(
  { terminal, workspace }: Pick<Session, 'terminal' | 'workspace'>,
  { json }: TrainOptions,
  start: Extract<StartRun, { kind: 'classifier' }>,
): void {
  const { model, findings } = workspace.runs.estimate(start)
  if (!model) return
  if (json) return terminal.json(model)
  for (const line of summaryLines(model, start.config)) terminal.say(line)
  for (const { level, text } of findings) if (level !== 'ok') terminal.say(`${level}: ${text}`)
}

async function resumed(studio: Studio, workspace: Workspace, name: string) {
  const { id, job, state } = runNamed(workspace, name)
  if (state === 'done')
    throw new Failure('BAD_SETTING', {
      setting: '--resume',
      reason: `${name} is done; nothing of it is left to train.`,
    })
  if (!job) throw new Failure('RUN_NOT_FINISHED', { run: id, state })
  await studio.jobs.resume(job)
  return { run: id, job }
}

async function show(
  { runs }: Workspace,
  id: RunId,
  { say, signal }: { say: Terminal['say']; signal: AbortSignal },
): Promise<void> {
  for await (const { step, epoch, values } of runs.watch(id, signal)) {
    const numbers = Object.entries(values).map(([key, value]) => `${key} ${Number(value.toPrecision(4))}`)
    say(`epoch ${epoch.toFixed(2)}  step ${step}  ${numbers.join('  ')}`)
  }
}
