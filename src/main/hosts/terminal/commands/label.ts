import { resolve } from 'node:path'
import { DataPlan } from '@shared/contract/interchange'
import type { LabelsApplied, NamedLabel } from '@shared/contract/library'
import { Failure } from '@shared/failures'
import { Frame } from '@shared/ids'
import { Command } from 'commander'
import { tellReport } from '@main/hosts/terminal/kit/data-report'
import { importData } from '@main/hosts/terminal/kit/import-data'
import { type OpenStudio, type ProjectOptions, projectOption, withApi } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

interface LabelOptions extends ProjectOptions {
  class?: string
  video?: string
  attributes?: string
  from?: string
  to?: string
  existing: string
  json?: boolean
}

/** `whynot label`: attributes from a CSV file, or for one class or video; one step that can be undone. */
export function labelCommand(terminal: Terminal, open: OpenStudio): Command {
  return new Command('label')
    .description('Answer attributes, from a CSV file or for one class or video; can be undone')
    .argument('[file]', 'CSV with the columns video or class, attribute, value (present, absent, unsure)')
    .addOption(projectOption())
    .option('--class <name>', 'every video of this class; what a person answered stays')
    .option('--video <name>', 'this video')
    .option('--attributes <list>', 'attributes that are present, commas between; new ones are made')
    .option('--from <frame>', 'with --video: the first frame in which they are seen, from 0')
    .option('--to <frame>', 'with --from: the last frame in which they are seen')
    .option('--existing <what>', 'answers of people that the file contradicts: keep or replace', 'keep')
    .option('--json', 'print one JSON object')
    .action((file: string | undefined, options: LabelOptions) =>
      withApi({ terminal, open }, options, async (api) => {
        if (file && (options.class || options.video || options.attributes || options.from || options.to))
          throw new Failure('BAD_SETTING', {
            setting: 'label',
            reason:
              'A CSV file names its own videos and attributes; leave --class, --video, --attributes, --from and --to out.',
          })
        if (file) {
          const source = { path: resolve(terminal.cwd, file), plan: planOf(options) }
          const report = await importData(api, source, { terminal, dryRun: false })
          const { answers, changed } = report
          return tellReport(terminal, report, options.json && { labels: answers, ...report, videos: changed })
        }
        const applied = await api.library.label({ labels: fromOptions(options) })
        if (options.json) terminal.json(applied)
        else for (const line of inWords(applied)) terminal.say(line)
      }),
    )
}

function planOf({ existing }: LabelOptions): DataPlan {
  const plan = DataPlan.safeParse({ format: 'labels', existing })
  if (plan.success) return plan.data
  throw new Failure('BAD_SETTING', { setting: '--existing', reason: 'It takes keep or replace.' })
}

function fromOptions({ class: ofClass, video, attributes, from, to }: LabelOptions): NamedLabel[] {
  const words = (attributes ?? '').split(',').map((word) => word.trim())
  const present = words.filter((word) => word !== '')
  if (present.length === 0 || Boolean(ofClass) === Boolean(video))
    throw new Failure('BAD_SETTING', {
      setting: 'label',
      reason: 'Give a CSV file, or --attributes with either --class or --video.',
    })
  const about = ofClass ? { of: 'class' as const, name: ofClass } : { of: 'video' as const, name: video ?? '' }
  const span = spanOf(from, to)
  return present.map((attribute) => ({ ...about, attribute, value: 'present', ...(span && { span }) }))
}

/** Frames as they are written; null where neither end is given. */
function spanOf(from: string | undefined, to: string | undefined): { from: number; to: number } | null {
  if (from === undefined && to === undefined) return null
  const [first, last] = [from, to].map((text) => Frame.safeParse(text?.trim() ? Number(text) : Number.NaN).data)
  if (first !== undefined && last !== undefined) return { from: first, to: last }
  const reason = 'Give --from and --to together, each the number of a frame, from 0.'
  throw new Failure('BAD_SETTING', { setting: 'label', reason })
}

function inWords({ labels, videos, newAttributes, kept }: LabelsApplied): string[] {
  return [
    `${labels} answers for ${videos} videos`,
    ...(newAttributes.length > 0 ? [`new attributes: ${newAttributes.join(', ')}`] : []),
    ...(kept > 0 ? [`${kept} answers of people were kept`] : []),
  ]
}
