import type { Api } from '@shared/contract'
import type { VideoId } from '@shared/ids'
import { Failure } from '@shared/failures'
import { Command } from 'commander'
import { type OpenStudio, type ProjectOptions, projectOption, withApi } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

interface Options extends ProjectOptions {
  video?: string
  list?: boolean
  to?: string
  json?: boolean
}

/** `whynot undo`: takes back the last step of the library, such as a whole import, or steps in one video. */
export function undoCommand(terminal: Terminal, open: OpenStudio): Command {
  return new Command('undo')
    .description('Take back the last step of the library: an import, a change of many videos; or steps in a video')
    .addOption(projectOption())
    .option('--video <name>', 'the last step in this video instead')
    .option('--list', 'with --video: say what was done there, newest first, and take nothing back')
    .option('--to <step>', 'with --video: go back, or on again, to this step of the list; 0 is the beginning')
    .option('--json', 'print one JSON object')
    .action((options: Options) =>
      withApi({ terminal, open }, options, async (api) => {
        const video = await videoOf(api, options)
        if (video && options.list) return list(api, video, { terminal, json: options.json })
        const done = await undone(api, video, options)
        if (options.json) return terminal.json({ label: done.label, aside: done.aside })
        const where = video ? 'in this video' : 'in the library'
        const did = options.to === undefined ? 'Undone' : 'Went to'
        terminal.say(done.label === null ? `There is nothing to undo ${where}` : `${did}: ${done.label}`)
        for (const sentence of done.aside) terminal.say(sentence)
      }),
    )
}

async function videoOf(api: Api, { video, list, to }: Options): Promise<VideoId | null> {
  if (video !== undefined) return (await api.library.named({ video, classes: [] })).video
  if (!list && to === undefined) return null
  throw new Failure('BAD_SETTING', {
    setting: list ? '--list' : '--to',
    reason: 'The steps of one video can be listed and gone back to; name it with --video.',
  })
}

function undone(api: Api, video: VideoId | null, { to }: Options) {
  if (!video) return api.library.undo()
  if (to === undefined) return api.annotation.undo({ video })
  const step = Number(to)
  if (!Number.isInteger(step) || step < 0)
    throw new Failure('BAD_SETTING', { setting: '--to', reason: 'It takes the number of a step, or 0.' })
  return api.annotation.undoTo({ video, step })
}

async function list(
  api: Api,
  video: VideoId,
  { terminal, json }: { terminal: Terminal; json?: boolean | undefined },
): Promise<void> {
  const steps = await api.annotation.history({ video })
  if (json) return terminal.json(steps)
  if (steps.length === 0) return terminal.say('Nothing was done in this video')
  for (const { id, label, frame, at, undone: back } of steps) {
    const where = frame === null ? '' : `, frame ${frame}`
    terminal.say(`${id}  ${label}${where}, ${new Date(at).toISOString()}${back ? ', taken back' : ''}`)
  }
}
