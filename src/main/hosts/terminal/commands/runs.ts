import { Command } from 'commander'
import type { Run } from '@shared/contract/learning'
import { type OpenStudio, type ProjectOptions, projectOption, withApi } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

/** `whynot runs`: the project's training runs, newest first. */
export function runsCommand(terminal: Terminal, open: OpenStudio): Command {
  return new Command('runs')
    .description('List the training runs of a project, newest first')
    .addOption(projectOption())
    .option('--json', 'print one JSON array')
    .action((options: ProjectOptions & { json?: boolean }) =>
      withApi({ terminal, open }, options, async (api) => {
        const list = await api.learning.runs()
        if (options.json) return terminal.json(list)
        if (list.length === 0) terminal.say('No run yet. Start one with: whynot train classifier')
        for (const run of list) terminal.say(lineOf(run))
      }),
    )
}

function lineOf({ name, kind, state, preset, headline, failure }: Run): string {
  const numbers = Object.entries(headline).map(([key, value]) => `${key} ${Number(value.toPrecision(4))}`)
  return [name, kind, state, preset, ...numbers, ...(failure ? [failure.message] : [])].join('  ')
}
