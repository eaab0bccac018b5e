import { Command } from 'commander'
import type { Machine } from '@shared/contract/machines'
import { Failure } from '@shared/failures'
import { type OpenStudio, type ProjectOptions, projectOption, withApi } from '@main/hosts/terminal/kit/studio-session'
import { aligned } from '@main/hosts/terminal/kit/table'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

interface WorkersOptions extends ProjectOptions {
  json?: boolean
  drain?: string
  undrain?: string
}

/** `whynot workers`: who works for the studio that has the project open, and on what. */
export function workersCommand(terminal: Terminal, open: OpenStudio): Command {
  return new Command('workers')
    .description('List the workers of the studio that has the project open; drain one')
    .addOption(projectOption())
    .option('--drain <name>', 'let it end what it does and take nothing new')
    .option('--undrain <name>', 'let it take work again')
    .option('--json', 'print one JSON array')
    .action(({ drain, undrain, json, ...options }: WorkersOptions) =>
      withApi({ terminal, open }, options, async ({ machines }) => {
        const wanted = drain ?? undrain
        if (wanted !== undefined) {
          const id = named((await machines.list()).machines, wanted).id
          await machines.drain({ id, drain: drain !== undefined })
        }
        const { machines: list, isShared } = await machines.list()
        if (json) return terminal.json(list)
        if (!isShared)
          return terminal.say('This project’s work is done by the studio itself. whynot serve --redis shares it.')
        if (list.length === 0)
          return terminal.say('No worker yet. The start of the studio printed the command for one.')
        for (const line of aligned([heads, ...list.map(cellsOf)])) terminal.say(line)
      }),
    )
}

const heads = ['name', 'machine', 'engine', 'lanes', 'state', 'doing']

function cellsOf({ name, host, engine, lanes, state, job, progress, reason }: Machine): string[] {
  const share = progress?.total ? ` ${Math.floor((100 * progress.done) / progress.total)} %` : ''
  return [name, host, engine, lanes.join(','), state, reason ?? (job ? `${job.title}${share}` : '')]
}

function named(list: readonly Machine[], name: string): Machine {
  const found = list.find((machine) => machine.name === name || machine.id === name)
  if (found) return found
  throw new Failure('UNKNOWN_NAME', { kind: 'worker', name, known: list.map(({ name: known }) => known) })
}
