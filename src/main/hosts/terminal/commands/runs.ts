import { Command } from 'commander'
import type { Run } from '@shared/contract/learning'
import { type OpenStudio, type ProjectOptions, projectOption, withApi } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'
import { runNamed } from './train-options'

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
        const ids = (names: readonly string[] = []) =>
          Promise.all(names.map(async (name) => (await runNamed(api, name)).id))
        // A name that is unknown changes nothing.
        const [away, back] = [await ids(options.archive), await ids(options.restore)]
        for (const id of away) await api.learning.archive({ id })
        for (const id of back) await api.learning.archive({ id, archived: false })
        const list = (await api.learning.runs()).filter(({ archived }) => options.all || !archived)
        if (options.json) return terminal.json(list)
        if (list.length === 0) terminal.say('No run yet. Start one with: whynot train classifier')
        for (const run of list) terminal.say(lineOf(run))
      }),
    )
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
