import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { Failure } from '@shared/failures'
import { ImportOptions, type ImportReport } from '@shared/contract/library'
import { Command, Option } from 'commander'
import {
  type OpenStudio,
  type ProjectOptions,
  follow,
  projectOption,
  withApi,
} from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'
import { decoderOption } from './probe'

interface ImportCommandOptions extends ProjectOptions {
  classFrom: string
  class?: string
  split?: string
  trainList?: string
  testList?: string
  decoder: string
  json?: boolean
}

/** Exit code when the import ran, but files were refused, lines of lists name nothing, or files contradict each other. */
const someRefused = 2

const noSplit =
  'No split was given. Training takes the videos of the split "train": import again with --split train or --split test, give lists, or set it in the Library.'

/** `whynot import`: videos, folders of videos, folders of numbered pictures. */
export function importCommand(terminal: Terminal, open: OpenStudio): Command {
  const { say, json, exitCode, cwd } = terminal
  return new Command('import')
    .description('Import videos into a project; exit code 2 when some were refused, or a line of a list fits nothing')
    .argument('<paths...>', 'videos, folders of videos, folders of numbered pictures')
    .addOption(projectOption())
    .addOption(
      new Option(
        '--class-from <where>',
        'where the class of a video is found: its folder, or the letters its name begins with',
      )
        .choices(['none', 'folder', 'name'])
        .default('folder'),
    )
    .option('--class <name>', 'one class for all of them')
    .addOption(new Option('--split <split>', 'one split for all of them').choices(['train', 'test']))
    .option('--train-list <file>', 'a list of the training videos: one name a line, a label may follow')
    .option('--test-list <file>', 'a list of the test videos')
    .addOption(decoderOption())
    .option('--json', 'print one JSON object with a row per file')
    .action((paths: string[], options: ImportCommandOptions) =>
      withApi({ terminal, open }, options, async (api) => {
        const full = (path: string | undefined) => (path === undefined ? undefined : resolve(cwd, path))
        const { trainList, testList, project: _, json: asJson, ...rest } = options
        const lists = { trainList: full(trainList), testList: full(testList) }
        const missing = paths.map((path) => resolve(cwd, path)).find((path) => !existsSync(path))
        if (missing) throw new Failure('PATH_NOT_FOUND', { path: missing })
        const input = ImportOptions.parse({ ...rest, ...lists, paths: paths.map((path) => resolve(cwd, path)) })
        const { job } = await api.library.import(input)
        const report = (await follow(api, job, terminal)).result as ImportReport
        if (asJson) json(report)
        else for (const line of inWords(report)) say(line)
        if (!asJson && report.imported > 0 && !options.split && !trainList && !testList) say(noSplit)
        if (report.failed + report.unlisted.length + report.contradictions.length > 0) exitCode(someRefused)
      }),
    )
}

function inWords(report: ImportReport): string[] {
  const { rows, imported, damaged, failed, duplicate, unlisted, contradictions } = report
  const told = rows
    .filter(({ status }) => status !== 'ok')
    .map(({ path, status, reason }) => `${status}  ${path}\n  ${reason}`)
  const counts = [
    `${imported} imported`,
    damaged > 0 ? `${damaged} of them damaged` : '',
    failed > 0 ? `${failed} refused` : '',
    duplicate > 0 ? `${duplicate} already there` : '',
  ]
  const lines = unlisted.map(({ path, reason }) => `list  ${path}\n  ${reason}`)
  const asked = contradictions.map(({ name, about, says }) => {
    const files = says.map(({ path, value }) => `  ${value}: ${path}`)
    return [
      `which ${about}?  ${name} is the same film in files that do not agree; set it in the Library`,
      ...files,
    ].join('\n')
  })
  return [...told, ...lines, ...asked, counts.filter(Boolean).join(', ')]
}
