import { setTimeout as pause } from 'node:timers/promises'
import { settingFields } from '@shared/config/setting-words'
import { type SweepAxis, SweepPlan } from '@shared/config/sweep'
import { axisHint, axisOf } from '@shared/config/sweep-text'
import type { Api } from '@shared/contract'
import type { Run } from '@shared/contract/learning'
import type { StartSweep, Sweep } from '@shared/contract/sweeps'
import { Failure } from '@shared/failures'
import type { SweepId } from '@shared/ids'
import { bestOf, rankedBy, spreadOf, valuesOf } from '@shared/sweep-results'
import { Command } from 'commander'
import type { z } from 'zod'
import { addSettings, kebab, settingsFrom } from '@main/hosts/terminal/kit/setting-options'
import { type CommandParts, type OpenStudio, withApi } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'
import { type TrainKind, type TrainOptions, startOf, trainKinds } from './train-options'

interface SweepOptions extends TrainOptions {
  vary?: string[]
}

/** Long beside a look, short beside a training. */
const lookEveryMs = 300

/** `whynot sweep`: runs that differ in some settings, as one group. Ctrl+C stops those that have not ended. */
export function sweepCommand(terminal: Terminal, open: OpenStudio): Command {
  const sweep = new Command('sweep').description('Train one model with several settings or seeds, as one group of runs')
  const parts = { terminal, open }
  return sweep.addCommand(commandOf('classifier', parts)).addCommand(commandOf('explainer', parts))
}

function commandOf(kind: TrainKind, parts: CommandParts): Command {
  const { schema, options } = trainKinds[kind]
  const command = options(new Command(kind).description(`Vary settings of ${trainKinds[kind].what}`), 'sweep')
  command.option(
    '--vary <setting=values>',
    `a setting and what it takes, again for each: ${axisHint}. seed=0..4 is five seeds of one configuration`,
    (value: string, before: string[] = []) => [...before, value],
  )
  addSettings(addSettings(command, SweepPlan), schema)
  return command.action((given: SweepOptions) =>
    withApi(parts, given, async (api) => {
      const axes = (given.vary ?? []).map((text) => axisIn(text, schema))
      if (axes.length === 0)
        throw new Failure('BAD_SETTING', { setting: '--vary', reason: `It takes a setting and ${axisHint}.` })
      const plan = settingsFrom(SweepPlan, {}, given)
      const start = await startOf(kind, api, given)
      return run({ terminal: parts.terminal, api }, { start, axes, plan }, Boolean(given.json))
    }),
  )
}

/** "learning-rate=0.01,0.1" as an axis of the sweep. Throws Failure BAD_SETTING. */
function axisIn(text: string, schema: z.ZodObject): SweepAxis {
  const [, name = '', values = ''] = /^\s*([^=\s]+)\s*=(.*)$/s.exec(text) ?? []
  const fields = settingFields(schema)
  const field = fields.find(({ key }) => key === name || kebab(key) === name)
  const known = fields.map(({ key }) => kebab(key)).join(', ')
  if (!field) throw new Failure('BAD_SETTING', { setting: `--vary ${text}`, reason: `It takes one of: ${known}.` })
  const axis = axisOf(field, values)
  if (!axis) throw new Failure('BAD_SETTING', { setting: `--vary ${name}`, reason: `It takes ${axisHint}.` })
  return axis
}

interface Session {
  terminal: Terminal
  api: Api
}

async function run({ terminal, api }: Session, asked: StartSweep, isJson: boolean): Promise<void> {
  const { sweep: id } = await api.sweeps.start(asked)
  const sweep = await sweepOf(api, id)
  const say = isJson ? () => {} : terminal.say
  const runs = await followAll({ terminal: { ...terminal, say }, api }, sweep)
  const best = bestOf(runs)
  const measure = rankedBy(runs)
  const spread = measure === null ? null : spreadOf(runs, measure)
  if (isJson)
    return terminal.json({ sweep, runs: runs.map((one) => dataOf(one, sweep)), best: best?.name, measure, spread })
  const done = runs.filter(({ state }) => state === 'done').length
  terminal.say(`${sweep.name}: ${done} of ${runs.length} runs are done.`)
  if (measure === null || !spread) return
  const about = spread.deviation === null ? '' : ` ± ${rounded(spread.deviation)} over ${spread.count}`
  terminal.say(`${measure} ${rounded(spread.mean)}${about}; best ${rounded(best?.headline[measure])} by ${best?.name}`)
}

async function sweepOf({ sweeps }: Pick<Api, 'sweeps'>, id: SweepId): Promise<Sweep> {
  const found = (await sweeps.list()).find((one) => one.id === id)
  if (!found) throw new Failure('NOT_FOUND', { kind: 'sweep', id })
  return found
}

/** Says each run as it ends. @returns all, in the order they were started, once none waits or runs */
async function followAll({ terminal, api }: Session, sweep: Sweep): Promise<Run[]> {
  const { bar, interrupted, say } = terminal
  const stop = () => void api.sweeps.stop({ id: sweep.id }).catch(() => {})
  interrupted.addEventListener('abort', stop, { once: true })
  if (interrupted.aborted) stop()
  const said = new Set<string>()
  try {
    for (;;) {
      const runs = (await api.learning.runs()).filter((one) => one.sweep === sweep.id).toReversed()
      const ended = runs.filter(({ state }) => state !== 'queued' && state !== 'running')
      for (const one of ended.filter(({ name }) => !said.has(name))) say(lineOf(one, sweep))
      for (const { name } of ended) said.add(name)
      if (ended.length === runs.length) return runs
      bar({ label: sweep.name, done: ended.length, total: runs.length, secondsLeft: null })
      await pause(lookEveryMs)
    }
  } finally {
    bar(null)
    interrupted.removeEventListener('abort', stop)
  }
}

function dataOf(run: Run, sweep: Sweep) {
  const { id, name, state, stoppedEarly, headline, failure } = run
  return { id, name, state, stoppedEarly, values: valuesOf(run, sweep), headline, failure }
}

function lineOf(run: Run, sweep: Sweep): string {
  const { name, state, stoppedEarly, headline, failure } = run
  const values = Object.entries(valuesOf(run, sweep)).map(([key, value]) => `${key} ${String(value)}`)
  const numbers = Object.entries(headline).map(([key, value]) => `${key} ${rounded(value)}`)
  const word = stoppedEarly && state === 'cancelled' ? 'stopped early' : state
  return [name, word, ...values, ...numbers, ...(failure ? [failure.message] : [])].join('  ')
}

function rounded(value: number | undefined): string {
  return value === undefined ? '–' : String(Number(value.toPrecision(4)))
}
