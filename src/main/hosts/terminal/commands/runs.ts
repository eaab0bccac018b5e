import { Command } from 'commander'
import type { Run } from '@shared/contract/learning'
import { Failure } from '@shared/failures'
import type { RunId } from '@shared/ids'
import { type OpenStudio, type ProjectOptions, projectOption, withApi } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

type Options = ProjectOptions & { all?: boolean; archive?: string[]; restore?: string[]; json?: boolean }

/** `whynot runs`: the project's training runs, newest first; which of them are put away. */
export function runsCommand(terminal: Terminal, open: OpenStudio): Command {
  return new Command('runs')
    .description('List the training runs of a project, newest first')
    .addOption(projectOption())
    .option('--all', 'those that were archived too')
    .option('--archive <name...>', 'put runs away: they stay, and leave the lists')
    .option('--restore <name...>', 'bring archived runs back')
    .option('--json', 'print one JSON array')
    .action((options: Options) =>
      withApi({ terminal, open }, options, async (api) => {
        const known = await api.learning.runs()
        const put = [
          ...named(known, options.archive).map((id) => ({ id, archived: true })),
          ...named(known, options.restore).map((id) => ({ id, archived: false })),
        ]
        for (const one of put) await api.learning.archive(one)
        const list = (await api.learning.runs()).filter(({ archived }) => options.all || !archived)
        if (options.json) return terminal.json(list)
        if (list.length === 0) terminal.say('No run yet. Start one with: whynot train classifier')
        for (const run of list) terminal.say(lineOf(run))
      }),
    )
}

/** Throws Failure UNKNOWN_NAME. */
function named(runs: readonly Run[], names: readonly string[] = []): RunId[] {
  return names.map((name) => {
    const found = runs.find((run) => run.name === name)
    if (found) return found.id
    throw new Failure('UNKNOWN_NAME', { kind: 'run', name, known: runs.map((run) => run.name) })
  })
}

function lineOf({ name, kind, state, preset, headline, failure, archived }: Run): string {
  const numbers = Object.entries(headline).map(([key, value]) => `${key} ${Number(value.toPrecision(4))}`)
  return [
    name,
    kind,
    state,
    ...(archived ? ['archived'] : []),
    preset,
    ...numbers,
    ...(failure ? [failure.message] : []),
  ].join('  ')
}
