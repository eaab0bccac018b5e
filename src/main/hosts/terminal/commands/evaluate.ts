import { EvaluationConfig } from '@shared/config/evaluation'
import type { Evaluation } from '@shared/contract/evaluation'
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
import { runNamed } from './train'

interface EvaluateOptions extends ProjectOptions, Record<string, unknown> {
  run?: string
  json?: boolean
}

/** `whynot evaluate`: the metrics of an explanation model beside its baselines. */
export function evaluateCommand(terminal: Terminal, open: OpenStudio): Command {
  const command = new Command('evaluate')
    .description('Measure an explanation model beside its baselines')
    .addOption(projectOption())
    .option('--run <run>', 'name of the explanation run; the newest finished one when left out')
    .option('--json', 'print one JSON object')
  return addSettings(command, EvaluationConfig).action((options: EvaluateOptions) =>
    withApi({ terminal, open }, options, async (api) => {
      const config = settingsFrom(EvaluationConfig, {}, options)
      const run = options.run ? (await runNamed(api, options.run)).id : undefined
      const { evaluation, job } = await api.evaluation.start({ run, config })
      await follow(api, job, terminal)
      const done = await api.evaluation.get({ id: evaluation })
      if (options.json) terminal.json(summary(done))
      else for (const line of [...tableOf(done.columns), ...done.notes]) terminal.say(line)
    }),
  )
}

function summary({ id, name, run, config, columns, notes, seconds }: Evaluation) {
  const methods = columns.map(({ method, metrics }) => [method, metrics] as const)
  return { id, name, run, seconds, config, notes, methods: Object.fromEntries(methods) }
}
