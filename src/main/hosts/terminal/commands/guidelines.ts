import { resolve } from 'node:path'
import { Command } from 'commander'
import { guideInFile } from '@main/hosts/terminal/kit/guide-file'
import { type OpenStudio, type ProjectOptions, projectOption, withApi } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

interface Options extends ProjectOptions {
  json?: boolean
}

/** `whynot guidelines`: how the project says to answer; with a file it says that from now on. */
export function guidelinesCommand(terminal: Terminal, open: OpenStudio): Command {
  return new Command('guidelines')
    .description(
      'How the project says to answer, as Markdown; with a file, say that from now on (whynot undo takes it back)',
    )
    .argument('[file]', 'a Markdown file; pictures beside it are taken along. An empty one takes the guidelines away')
    .addOption(projectOption())
    .option('--json', 'print one JSON object, with the HTML that is shown')
    .action((file: string | undefined, options: Options) =>
      withApi({ terminal, open }, options, async (api) => {
        const add = (base64: string) => api.project.addPicture({ base64 })
        const now =
          file === undefined
            ? await api.project.guidelines()
            : await api.project.setGuidelines({ markdown: await guideInFile(resolve(terminal.cwd, file), 'file', add) })
        if (options.json) return terminal.json(now)
        if (now.markdown.trim()) terminal.say(now.markdown.trimEnd())
        else terminal.say('The project says nothing of how to answer')
      }),
    )
}
