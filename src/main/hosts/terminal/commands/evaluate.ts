import { writeWhole } from '@main/files/write-whole'
import { resolve } from 'node:path'
import { EvaluationConfig } from '@shared/config/evaluation'
import type { Api } from '@shared/contract'
import type { Evaluation } from '@shared/contract/evaluation'
import { sinceWords } from '@shared/measure-words'
import { Command } from 'commander'
import { addSettings, settingsFrom } from '@main/hosts/terminal/kit/setting-options'
import {
  type OpenStudio,
  type ProjectOptions,
  follow,
  projectOption,
  withApi,
} from '@main/hosts/terminal/kit/studio-session'
import { tableOf } from '@main/hosts/terminal/kit/table'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'
import { runNamed } from './train-options'

interface EvaluateOptions extends ProjectOptions, Record<string, unknown> {
  run?: string
  rows?: string
  json?: boolean
}

/** `whynot evaluate`: the metrics of an explanation model beside its baselines. */
export function evaluateCommand(terminal: Terminal, open: OpenStudio): Command {
  const command = new Command('evaluate')
    .description('Measure an explanation model beside its baselines')
    .addOption(projectOption())
    .option('--run <run>', 'name of the explanation run; the newest finished one when left out')
    .option('--rows <file>', 'write every output behind the numbers there, as JSON')
    .option('--json', 'print one JSON object')
  return addSettings(command, EvaluationConfig).action((options: EvaluateOptions) =>
    withApi({ terminal, open }, options, async (api) => {
      const config = settingsFrom(EvaluationConfig, {}, options)
      const run = options.run ? (await runNamed(api, options.run)).id : undefined
      const { evaluation, job } = await api.evaluation.start({ run, config })
      await follow(api, job, terminal)
      const done = await api.evaluation.get({ id: evaluation })
      if (options.rows) await writeRows(api, done, resolve(terminal.cwd, options.rows))
      if (options.json) terminal.json(summary(done))
      else for (const line of linesOf(done)) terminal.say(line)
    }),
  )
}

/** Every output of every method with the table made of them, so that anybody can make the table again. */
async function writeRows(api: Api, { id: evaluation, config, columns }: Evaluation, file: string): Promise<void> {
  const methods = columns.map(({ method }) => method)
  const lists: unknown[] = []
  for (const method of methods) lists.push(...(await api.evaluation.outcomes({ evaluation, method, topRank: 1000 })))
  writeWhole(file, JSON.stringify({ config, columns, rows: lists }))
}

function linesOf({ columns, notes, staleVideos }: Evaluation): string[] {
  const since = staleVideos > 0 ? [`${sinceWords(staleVideos)}: evaluate again for numbers of today.`] : []
  return [...tableOf(columns), ...notes, ...since]
}

function summary({ id, name, run, config, columns, notes, seconds, staleVideos }: Evaluation) {
  const methods = columns.map(({ method, metrics }) => [method, metrics] as const)
  return { id, name, run, seconds, config, notes, staleVideos, methods: Object.fromEntries(methods) }
}
