import { resolve } from 'node:path'
import { ExperimentConfig, type ExperimentName, experimentNames } from '@shared/config/experiment'
import { Argument, Command } from 'commander'
import type { ExperimentOutcome } from '@main/experiments/experiment-service'
import { tableLines } from '@main/experiments/table-text'
import { addSettings, settingsFrom } from '@main/hosts/terminal/kit/setting-options'
import {
  type OpenStudio,
  type ProjectOptions,
  follow,
  projectOption,
  withProject,
} from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'
import { ownClient } from '@main/api/own-client'
import { runNamed } from './train-options'

interface ExperimentOptions extends ProjectOptions, Record<string, unknown> {
  out: string
  run?: string
  json?: boolean
}

/** Exit code where some of what was asked for could not be made. */
const partly = 2

/** `whynot experiment`: the paper's tables and figures on this project. */
export function experimentCommand(terminal: Terminal, open: OpenStudio): Command {
  const command = new Command('experiment')
    .description("Make the paper's tables and figures on a project, its numbers beside the project's")
    .addArgument(new Argument('<which>', 'a table or figure of the paper').choices([...experimentNames, 'all']))
    .addOption(projectOption())
    .requiredOption('--out <folder>', 'where the files go; what is finished there is reused, what was stopped goes on')
    .option('--run <run>', 'name of the explanation run; the newest finished one when left out')
    .option('--json', 'print one JSON object')
  return addSettings(command, ExperimentConfig).action((which: ExperimentName | 'all', options: ExperimentOptions) =>
    withProject({ terminal, open }, options, async (workspace, studio) => {
      const api = ownClient(studio)
      const say = (line: string) => {
        if (!options.json) terminal.say(line)
      }
      const outcome = await workspace.experiments.run(
        {
          names: which === 'all' ? experimentNames : [which],
          run: options.run ? (await runNamed(api, options.run)).id : undefined,
          out: resolve(terminal.cwd, options.out),
          config: settingsFrom(ExperimentConfig, {}, options),
        },
        {
          say,
          signal: terminal.interrupted,
          follow: async (job, label) => {
            const began = performance.now()
            await follow(api, job, terminal)
            say(`${label} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
          },
        },
      )
      if (outcome.missing.length > 0) terminal.exitCode(partly)
      if (options.json) terminal.json(summary(outcome))
      else for (const line of inWords(outcome)) say(line)
    }),
  )
}

function summary({ results, missing, report }: ExperimentOutcome) {
  const parts = results.map(({ name, examples: _, ...result }) => [name, result] as const)
  return { report, missing, parts: Object.fromEntries(parts) }
}

function inWords({ results, missing, report }: ExperimentOutcome): string[] {
  const parts = results.flatMap(({ title, table, notes }) => ['', title, ...tableLines(table), ...notes])
  return [...parts, '', ...missing.map(({ name, message }) => `${name} is missing. ${message}`), `Report: ${report}`]
}
