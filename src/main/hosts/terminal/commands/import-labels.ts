import { resolve } from 'node:path'
import { DataPlan } from '@shared/contract/interchange'
import { Command } from 'commander'
import { meaning, pair } from '@main/hosts/terminal/kit/name-value'
import { addSettings, settingsFrom } from '@main/hosts/terminal/kit/setting-options'
import { type OpenStudio, type ProjectOptions, projectOption, withApi } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'
import { tellReport } from '@main/hosts/terminal/kit/data-report'
import { importData } from '@main/hosts/terminal/kit/import-data'

const Settings = DataPlan.omit({ options: true, videos: true, classes: true, attributes: true })

interface ImportLabelsOptions extends ProjectOptions {
  option: Record<string, unknown>
  meansVideo: Record<string, string | null>
  meansClass: Record<string, string | null>
  meansAttribute: Record<string, string | null>
  dryRun?: boolean
  json?: boolean
}

/** `whynot import-labels`: answers, boxes, classes and splits from any format; one step that can be undone. */
export function importLabelsCommand(terminal: Terminal, open: OpenStudio): Command {
  const command = new Command('import-labels')
    .description('Import answers, boxes, classes and splits; can be undone; exit code 2 when some were left out')
    .argument('<file>', 'a file, a folder or a zip')
    .addOption(projectOption())
  return addSettings(command, Settings)
    .option('--option <name=value...>', 'what can be said about a file of this format', pair, {})
    .option('--means-video <name=meaning...>', 'which video a name of the file is; name= leaves it out', meaning, {})
    .option('--means-class <name=meaning...>', 'which class it is', meaning, {})
    .option('--means-attribute <name=meaning...>', 'which attribute it is', meaning, {})
    .option('--dry-run', 'only say what would be done')
    .option('--json', 'print one JSON object')
    .action((file: string, options: ImportLabelsOptions) =>
      withApi({ terminal, open }, options, async (api) => {
        const { option, dryRun = false, json } = options
        const means = { videos: options.meansVideo, classes: options.meansClass, attributes: options.meansAttribute }
        const plan = DataPlan.parse({ ...settingsFrom(Settings, {}, { ...options }), options: option, ...means })
        const report = await importData(api, { path: resolve(terminal.cwd, file), plan }, { terminal, dryRun })
        tellReport(terminal, report, json && report)
      }),
    )
}
