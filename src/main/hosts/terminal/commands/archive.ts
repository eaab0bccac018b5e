import { resolve } from 'node:path'
import { Command } from 'commander'
import {
  type OpenStudio,
  type ProjectOptions,
  projectOption,
  withProject,
} from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'
import { packProject, unpackProject } from '@main/interchange/archive'

interface PackOptions extends ProjectOptions {
  out: string
  withFilms?: boolean
  json?: boolean
}

/** `whynot pack`: a whole project as one file, for another machine. */
export function packCommand(terminal: Terminal, open: OpenStudio): Command {
  return new Command('pack')
    .description('Write a whole project as one zip, with undo and runs, that opens on another machine')
    .addOption(projectOption())
    .requiredOption('--out <file>', 'the zip to write')
    .option('--with-films', 'also the films, wherever they lie')
    .option('--json', 'print one JSON object')
    .action((options: PackOptions) =>
      withProject({ terminal, open }, options, async ({ project }) => {
        const { withFilms = false } = options
        const signal = terminal.interrupted
        const report = await packProject(project, resolve(terminal.cwd, options.out), { withFilms, signal })
        if (options.json) return terminal.json(report)
        terminal.say(`${report.videos} videos, ${report.films} with their films, packed into ${report.out}`)
        if (report.missing.length > 0) terminal.say(`not where they were: ${report.missing.join(', ')}`)
      }),
    )
}

/** `whynot unpack`: a project folder of what `pack` wrote. */
export function unpackCommand({ cwd, say, json }: Terminal): Command {
  return new Command('unpack')
    .description('Make a project folder of a packed project')
    .argument('<file>', 'the zip that whynot pack wrote')
    .argument('<folder>', 'where it goes; empty, or not there')
    .option('--json', 'print one JSON object')
    .action(async (file: string, folder: string, options: { json?: boolean }) => {
      const path = resolve(cwd, folder)
      await unpackProject(resolve(cwd, file), path)
      if (options.json) json({ path })
      else say(`The project is in ${path}`)
    })
}
