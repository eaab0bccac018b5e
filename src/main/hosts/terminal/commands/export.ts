import { resolve } from 'node:path'
import { DataExport, type ExportReport } from '@shared/contract/interchange'
import { Command, Option } from 'commander'
import {
  type OpenStudio,
  type ProjectOptions,
  projectOption,
  follow,
  withApi,
} from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'
import { pair } from '@main/hosts/terminal/kit/name-value'

interface ExportOptions extends ProjectOptions {
  format: string
  out: string
  option: Record<string, unknown>
  whose?: string
  person?: string
  json?: boolean
}

/** `whynot export`: the project's data as a file of any format that is written, with what it loses. */
export function exportCommand(terminal: Terminal, open: OpenStudio): Command {
  return new Command('export')
    .description('Write answers, boxes, classes and splits as a file of another tool; says what it does not hold')
    .addOption(projectOption())
    .requiredOption('--format <name>', DataExport.shape.format.description)
    .requiredOption('--out <file>', DataExport.shape.out.description)
    .addOption(
      new Option('--whose <whose>', DataExport.shape.whose.description).choices(
        DataExport.shape.whose.unwrap().options,
      ),
    )
    .option('--person <name>', DataExport.shape.person.description)
    .option('--option <name=value...>', 'what can be said about a file of this format', pair, {})
    .option('--json', 'print one JSON object')
    .action((options: ExportOptions) =>
      withApi({ terminal, open }, options, async (api) => {
        const wanted = DataExport.parse({
          ...options,
          ...(options.person && !options.whose ? { whose: 'one' } : {}),
          out: resolve(terminal.cwd, options.out),
          options: options.option,
        })
        const { job } = await api.interchange.export(wanted)
        const report = (await follow(api, job, terminal)).result as ExportReport
        if (options.json) return terminal.json(report)
        terminal.say(`${report.videos} videos, ${report.tracks} tracks, ${report.boxes} boxes written to ${report.out}`)
        if (report.losses.length > 0) terminal.say(`It does not hold: ${report.losses.join('; ')}.`)
      }),
    )
}
