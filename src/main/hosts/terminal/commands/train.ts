import type { StartRun } from '@shared/contract/learning'
import { Failure } from '@shared/failures'
import type { JobId, RunId } from '@shared/ids'
import { Command } from 'commander'
import type { Api } from '@shared/contract'
import { addSettings } from '@main/hosts/terminal/kit/setting-options'
import { summaryLines } from '@main/hosts/terminal/kit/summary-lines'
import {
  type OpenStudio,
  type ProjectOptions,
  follow,
  projectOption,
  withApi,
} from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'
import { type TrainKind, type TrainOptions, runNamed, startOf, trainKinds } from './train-options'

interface OneRunOptions extends TrainOptions {
  resume?: string
  summary?: boolean
}

/** `whynot train`: a line per report. Ctrl+C stops the run; it can go on from its last checkpoint. */
export function trainCommand(terminal: Terminal, open: OpenStudio): Command {
  const train = new Command('train').description('Train a classifier, or the model that explains one')
  const commandOf = (kind: TrainKind) => {
    const { schema, options, what } = trainKinds[kind]
    const command = options(new Command(kind).description(`Train ${what}`), 'run')
    command.option('--resume <run>', 'go on with an interrupted or stopped run of this name, with its own settings')
    if (kind === 'classifier')
      command.option('--summary', 'print the layers of the network and what its cells see, and train nothing')
    return addSettings(command, schema).action((given: OneRunOptions) =>
      withApi({ terminal, open }, given, async (api) => {
        const start = await startOf(kind, api, given)
        if (given.summary && start.kind === 'classifier') return summarise({ terminal, api }, given, start)
        return run({ terminal, api }, given, start)
      }),
    )
  }
  return train.addCommand(commandOf('classifier')).addCommand(commandOf('explainer')).addCommand(again(terminal, open))
}

/** `whynot train again`: what was trained, once more, as a run of its own. */
function again(terminal: Terminal, open: OpenStudio): Command {
  return new Command('again')
    .description('Train a run once more, with its settings, seed and classes; its log says whether the weights agree')
    .argument('<run>', 'name of the run')
    .addOption(projectOption())
    .option('--json', 'print the finished run as one JSON object')
    .action((name: string, options: ProjectOptions & { json?: boolean }) =>
      withApi({ terminal, open }, options, async (api) => {
        const { id } = await runNamed(api, name)
        return finish({ terminal, api }, options, await api.learning.again({ id }))
      }),
    )
}

interface Session {
  terminal: Terminal
  api: Api
}

async function run({ terminal, api }: Session, options: OneRunOptions, start: StartRun): Promise<void> {
  const begun = await (options.resume ? resumed(api, options.resume) : api.learning.start(start))
  return finish({ terminal, api }, options, begun)
}

/** Shows a run until it is done, and says what it came to. */
async function finish(
  { terminal, api }: Session,
  options: { json?: boolean },
  { run: id, job }: { run: RunId; job: JobId },
): Promise<void> {
  const { say, json } = terminal
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
  { json }: OneRunOptions,
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
