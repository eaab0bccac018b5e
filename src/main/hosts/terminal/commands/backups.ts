import { resolve } from 'node:path'
import type { Backup } from '@shared/contract/project'
import { Failure } from '@shared/failures'
import { Command } from 'commander'
import {
  type OpenStudio,
  type ProjectOptions,
  projectOption,
  withStudio,
} from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'
import { Backups } from '@main/project/backups'
import { ProjectPaths } from '@main/project/project-paths'

/** What a backup was made for, in words. */
const reasons: Readonly<Record<Backup['reason'], string>> = {
  day: 'first opening of the day',
  migration: 'before a newer version changed it',
  restore: 'before another backup took its place',
  recovered: 'what could be read of a damaged one',
}

/** `whynot backups`: the backups of a project, newest first, also of one that does not open any more. */
export function backupsCommand(terminal: Terminal): Command {
  return new Command('backups')
    .description('List the backups of a project, newest first, also of one that does not open any more')
    .addOption(projectOption())
    .option('--json', 'print one JSON array')
    .action((options: ProjectOptions & { json?: boolean }) => {
      const list = backupsOf(terminal, options).list()
      if (options.json) return terminal.json(list)
      if (list.length === 0) terminal.say('No backup yet. One is made when the project is first opened on a day.')
      for (const { file, at, bytes, reason } of list)
        terminal.say(
          `${file}  ${new Date(at).toISOString().slice(0, 16)}  ${(bytes / 1e6).toFixed(1)} MB  ${reasons[reason]}`,
        )
    })
}

/** `whynot restore`: a backup in the place of the project's database. */
export function restoreCommand(terminal: Terminal, open: OpenStudio): Command {
  return new Command('restore')
    .description('Put a backup in the place of a project; what stood there is kept as a backup too')
    .argument('<backup>', 'its name as `whynot backups` prints it, or `newest`')
    .addOption(projectOption())
    .option('--json', 'print one JSON object')
    .action((name: string, options: ProjectOptions & { json?: boolean }) =>
      withStudio(open, async (studio) => {
        const list = backupsOf(terminal, options).list()
        const chosen = name === 'newest' ? list[0] : list.find(({ file }) => file === name)
        if (!chosen) throw new Failure('UNKNOWN_NAME', { kind: 'backup', name, known: list.map(({ file }) => file) })
        const info = await studio.restore(resolve(terminal.cwd, options.project ?? '.'), chosen.file)
        if (options.json) return terminal.json({ ...info, backup: chosen.file })
        terminal.say(`${info.name} is as it was in ${chosen.file}: ${info.videos} videos, ${info.classes} classes.`)
      }),
    )
}

function backupsOf({ cwd }: Terminal, { project }: ProjectOptions): Backups {
  return new Backups(new ProjectPaths(resolve(cwd, project ?? '.')))
}
