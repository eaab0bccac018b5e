import { extname, resolve } from 'node:path'
import type { Api } from '@shared/contract'
import type { Evaluation } from '@shared/contract/evaluation'
import { OutcomeFormat } from '@shared/contract/films'
import { Failure } from '@shared/failures'
import { sinceWords } from '@shared/measure-words'
import { Command } from 'commander'
import { writeWhole } from '@main/files/write-whole'
import { type OpenStudio, type ProjectOptions, projectOption, withApi } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

interface Options extends ProjectOptions {
  out: string[]
  evaluation?: string
  failures?: boolean
  iou: string
  films?: string
}

/** `whynot export-evaluation`: the outputs of a measurement as tables, a page, or a zip of films. */
export function exportEvaluationCommand(terminal: Terminal, open: OpenStudio): Command {
  return new Command('export-evaluation')
    .description('Write the outputs of a measurement: a page with pictures (.html), tables (.csv, .json), films (.zip)')
    .addOption(projectOption())
    .requiredOption('--out <file...>', 'files to write; the ending says what: .html, .csv, .json or .zip')
    .option('--evaluation <name>', 'name of the evaluation; the newest finished one when left out')
    .option('--failures', 'only where the attribute said is not the one its tube lies on')
    .option('--iou <number>', 'the overlap that a hit needs, with --failures', '0.3')
    .option('--films <format>', 'what a .zip holds: strip, webp or mp4', 'webp')
    .action((options: Options) =>
      withApi({ terminal, open }, options, async (api) => {
        const wanted = options.out.map((file) => ({
          file: resolve(terminal.cwd, file),
          format: formatOf(file, options),
        }))
        const { id: evaluation, name, staleVideos } = await evaluationNamed(api, options.evaluation)
        const outcomes = options.failures ? await failuresOf(api, evaluation, options) : undefined
        for (const { file, format } of wanted) {
          const { base64 } = await api.films.outcomes(
            { evaluation, outcomes, format },
            { signal: terminal.interrupted },
          )
          writeWhole(file, Buffer.from(base64, 'base64'))
          terminal.say(`Written to ${file}`)
        }
        if (staleVideos > 0) terminal.say(`${name} is older than its data: ${sinceWords(staleVideos)}.`)
      }),
    )
}

function formatOf(file: string, { films }: Options): OutcomeFormat {
  const ending = extname(file).toLowerCase().slice(1)
  const found = OutcomeFormat.safeParse(ending === 'zip' ? films : ending)
  const isFilm = found.success && ['strip', 'webp', 'mp4'].includes(found.data)
  if (found.success && isFilm === (ending === 'zip')) return found.data
  const reason = `A file ends in .html, .csv, .json, or in .zip with --films strip, webp or mp4; "${file}" does not.`
  throw new Failure('BAD_SETTING', { setting: '--out', reason })
}

async function evaluationNamed(api: Api, name: string | undefined): Promise<Evaluation> {
  const done = (await api.evaluation.list()).filter(({ state }) => state === 'done')
  const found = name === undefined ? done[0] : done.find((one) => one.name === name)
  if (found) return found
  const reason = done.length > 0 ? `There are: ${done.map((one) => one.name).join(', ')}.` : 'Measure one first.'
  throw new Failure('BAD_SETTING', {
    setting: '--evaluation',
    reason: `No finished evaluation of that name. ${reason}`,
  })
}

async function failuresOf(api: Api, evaluation: Evaluation['id'], { iou }: Options) {
  const iouThreshold = Number(iou)
  if (!(iouThreshold >= 0 && iouThreshold <= 1))
    throw new Failure('BAD_SETTING', { setting: '--iou', reason: 'It takes a number from 0 to 1.' })
  const rows = await api.evaluation.outcomes({ evaluation, failures: true, iouThreshold })
  if (rows.length > 0) return rows.map(({ id }) => id)
  throw new Failure('BAD_SETTING', { setting: '--failures', reason: 'There is no failure at this overlap.' })
}
