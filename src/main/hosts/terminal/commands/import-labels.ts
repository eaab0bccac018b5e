import { resolve } from 'node:path'
import { DataPlan, type DataReport } from '@shared/contract/interchange'
import { Command, InvalidArgumentError } from 'commander'
import { addSettings, settingsFrom } from '@main/hosts/terminal/kit/setting-options'
import {
  type OpenStudio,
  type ProjectOptions,
  projectOption,
  withProject,
} from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

const Settings = DataPlan.omit({ options: true, videos: true, classes: true, attributes: true })

interface ImportLabelsOptions extends ProjectOptions {
  option: Record<string, unknown>
  dryRun?: boolean
  json?: boolean
}

/** Exit code when the import ran, but some of the file was left out. */
const someLeftOut = 2

/** `whynot import-labels`: answers, boxes, classes and splits from any format; one step that can be undone. */
export function importLabelsCommand(terminal: Terminal, open: OpenStudio): Command {
  const { say, json, exitCode, cwd, interrupted } = terminal
  const command = new Command('import-labels')
    .description('Import answers, boxes, classes and splits; can be undone; exit code 2 when some were left out')
    .argument('<file>', 'a file, a folder or a zip')
    .addOption(projectOption())
  return addSettings(command, Settings)
    .option('--option <name=value...>', 'what can be said about a file of this format', pair, {})
    .option('--dry-run', 'only say what would be done')
    .option('--json', 'print one JSON object')
    .action((file: string, options: ImportLabelsOptions) =>
      withProject({ terminal, open }, options, async ({ data }) => {
        const { option, dryRun = false, json: asJson } = options
        const plan = DataPlan.parse({ ...settingsFrom(Settings, {}, { ...options }), options: option })
        const report = await data.import(resolve(cwd, file), plan, { dryRun, signal: interrupted })
        if (asJson) json(report)
        else for (const line of reportInWords(report)) say(line)
        if (isIncomplete(report)) exitCode(someLeftOut)
      }),
    )
}

function pair(text: string, before: Record<string, unknown>): Record<string, unknown> {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('It takes name=value.')
  const value = text.slice(at + 1)
  return { ...before, [text.slice(0, at)]: value !== '' && Number.isFinite(Number(value)) ? Number(value) : value }
}

function isIncomplete({ rows, videos, questions, leftOut }: DataReport): boolean {
  return rows.skipped + rows.outOfRange + videos.unmatched.length + questions.length + leftOut.length > 0
}

function reportInWords(report: DataReport): string[] {
  const { title, why, rows, videos, questions, newClasses, newAttributes, leftOut, reasons, dryRun } = report
  const { answers, kept, tracks, keyframes, boxes } = report
  const line = (at: number | null) => (at === null ? '' : `line ${at}: `)
  return [
    `${title}: ${why}`,
    ...reasons.map(({ reason, line: at, count }) => `  ${line(at)}${reason}${count > 1 ? ` (${count} times)` : ''}`),
    ...questions.map(
      ({ about, name, line: at, candidates }) => `  ${line(at)}which ${about}? ${name}: ${candidates.join(', ')}`,
    ),
    ...(videos.unmatched.length > 0 ? [`no such video: ${videos.unmatched.join(', ')}`] : []),
    ...(leftOut.length > 0 ? [`left out: ${leftOut.join(', ')}`] : []),
    ...(newClasses.length > 0 ? [`new classes: ${newClasses.join(', ')}`] : []),
    ...(newAttributes.length > 0 ? [`new attributes: ${newAttributes.join(', ')}`] : []),
    ...(kept > 0 ? [`${kept} answers of people were kept`] : []),
    `${rows.read} rows read, ${rows.skipped} skipped, ${rows.outOfRange} out of range, ${rows.clamped} clamped, ${rows.duplicate} duplicate`,
    `${dryRun ? 'would set' : 'set'} ${answers} answers, ${tracks} tracks with ${keyframes} key frames (${boxes} boxes) in ${videos.matched} videos`,
  ]
}
