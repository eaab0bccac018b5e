import { Command } from 'commander'
import type { Api } from '@shared/contract'
import type { Run } from '@shared/contract/learning'
import { meaning } from '@main/hosts/terminal/kit/name-value'
import { type OpenStudio, type ProjectOptions, projectOption, withApi } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'
import { runNamed } from './train-options'

interface Options extends ProjectOptions {
  all?: boolean
  archive?: string[]
  restore?: string[]
  tagged?: string
  tag: Record<string, string | null>
  note: Record<string, string | null>
  json?: boolean
}

/** `whynot runs`: the project's training runs, newest first; which of them are put away. */
export function runsCommand(terminal: Terminal, open: OpenStudio): Command {
  return new Command('runs')
    .description('List the training runs of a project, newest first')
    .addOption(projectOption())
    .option('--all', 'those that were archived too')
    .option('--archive <name...>', 'put runs away: they stay, and leave the lists')
    .option('--restore <name...>', 'bring archived runs back')
    .option('--tagged <tag>', 'only runs that have this tag')
    .option('--tag <run=tags>', 'give a run tags, commas between; nothing after the sign takes them away', meaning, {})
    .option('--note <run=text>', 'write something of a run; nothing after the sign takes it away', meaning, {})
    .option('--json', 'print one JSON array')
    .action((options: Options) =>
      withApi({ terminal, open }, options, async (api) => {
        const ids = (names: readonly string[] = []) =>
          Promise.all(names.map(async (name) => (await runNamed(api, name)).id))
        // A name that is unknown changes nothing.
        const [away, back] = [await ids(options.archive), await ids(options.restore)]
        const words = await wordsOf(api, options)
        for (const one of words) await api.learning.describe(one)
        for (const id of away) await api.learning.archive({ id })
        for (const id of back) await api.learning.archive({ id, archived: false })
        const { tagged } = options
        const list = (await api.learning.runs()).filter(
          ({ archived, tags }) => (options.all || !archived) && (tagged === undefined || tags.includes(tagged)),
        )
        if (options.json) return terminal.json(list)
        if (list.length === 0) terminal.say('No run yet. Start one with: whynot train classifier')
        for (const run of list) terminal.say(lineOf(run))
      }),
    )
}

/** What is to be said of which run. */
async function wordsOf(api: Api, { tag, note }: Options) {
  const tags = Object.entries(tag).map(async ([name, text]) => ({
    id: (await runNamed(api, name)).id,
    tags: (text ?? '').split(',').flatMap((one) => one.trim() || []),
  }))
  const notes = Object.entries(note).map(async ([name, text]) => {
    return { id: (await runNamed(api, name)).id, note: text ?? '' }
  })
  return Promise.all([...tags, ...notes])
}

function lineOf({ name, kind, state, preset, headline, failure, archived, tags, note }: Run): string {
  const numbers = Object.entries(headline).map(([key, value]) => `${key} ${Number(value.toPrecision(4))}`)
  return [
    name,
    kind,
    state,
    ...(archived ? ['archived'] : []),
    ...tags.map((tag) => `#${tag}`),
    preset,
    ...numbers,
    ...(failure ? [failure.message] : []),
    ...(note ? [`(${note})`] : []),
  ].join('  ')
}
