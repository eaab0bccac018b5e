import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Failure } from '@shared/failures'
import { Command } from 'commander'
import { parseLabels } from '@main/annotation/label-csv'
import type { LabelsApplied, NamedLabel } from '@shared/contract/library'
import { type OpenStudio, type ProjectOptions, projectOption, withApi } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

interface LabelOptions extends ProjectOptions {
  class?: string
  video?: string
  attributes?: string
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
    .option('--json', 'print one JSON object')
    .action((file: string | undefined, options: LabelOptions) =>
      withApi({ terminal, open }, options, async (api) => {
        if (file && (options.class || options.video || options.attributes))
          throw new Failure('BAD_SETTING', {
            setting: 'label',
            reason: 'A CSV file names its own videos and attributes; leave --class, --video and --attributes out.',
          })
        const labels = file ? parseLabels(read(resolve(terminal.cwd, file))) : fromOptions(options)
        const applied = await api.library.label({ labels })
        if (options.json) terminal.json(applied)
        else for (const line of inWords(applied)) terminal.say(line)
      }),
    )
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Failure('BAD_SETTING', { setting: 'file', reason: `${path} cannot be read` }, { cause: error })
  }
}

function fromOptions({ class: ofClass, video, attributes }: LabelOptions): NamedLabel[] {
  const words = (attributes ?? '').split(',').map((word) => word.trim())
  const present = words.filter((word) => word !== '')
  if (present.length === 0 || Boolean(ofClass) === Boolean(video))
    throw new Failure('BAD_SETTING', {
      setting: 'label',
      reason: 'Give a CSV file, or --attributes with either --class or --video.',
    })
  const about = ofClass ? { of: 'class' as const, name: ofClass } : { of: 'video' as const, name: video ?? '' }
  return present.map((attribute) => ({ ...about, attribute, value: 'present' }))
}

function inWords({ labels, videos, newAttributes, kept }: LabelsApplied): string[] {
  return [
    `${labels} answers for ${videos} videos`,
    ...(newAttributes.length > 0 ? [`new attributes: ${newAttributes.join(', ')}`] : []),
    ...(kept > 0 ? [`${kept} answers of people were kept`] : []),
  ]
}
