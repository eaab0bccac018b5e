import { Command } from 'commander'
import { type OpenStudio, type ProjectOptions, projectOption, withApi } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

/** `whynot undo`: takes back the last step of the library, such as a whole import. */
export function undoCommand(terminal: Terminal, open: OpenStudio): Command {
  return new Command('undo')
    .description('Take back the last step of the library: an import, a change of many videos')
    .addOption(projectOption())
    .option('--json', 'print one JSON object')
    .action((options: ProjectOptions & { json?: boolean }) =>
      withApi({ terminal, open }, options, async (api) => {
        const done = await api.library.undo()
        if (options.json) return terminal.json(done)
        terminal.say(done.label === null ? 'There is nothing to undo in the library' : `Undone: ${done.label}`)
        for (const sentence of done.aside) terminal.say(sentence)
      }),
    )
}
