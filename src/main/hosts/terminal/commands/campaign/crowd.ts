import { resolve } from 'node:path'
import { tooLargeWords } from '@shared/crowd-words'
import { Failure } from '@shared/failures'
import { Command } from 'commander'
import { type CommandParts, type ProjectOptions, projectOption, withApi } from '@main/hosts/terminal/kit/studio-session'
import { campaignNamed } from './named'

interface Options extends ProjectOptions {
  json?: boolean
}

interface PagesOptions extends Options {
  videosAt?: string
  excel?: boolean
  pictures: boolean
}

/** `whynot campaign pages`: what a crowd elsewhere is given. */
export function pagesCommand({ terminal, open }: CommandParts): Command {
  return new Command('pages')
    .description('Write batch and pages for Mechanical Turk or another crowd')
    .argument('<campaign>', 'its name')
    .argument('<folder>', 'the folder to write into')
    .addOption(projectOption())
    .option('--videos-at <address>', 'where the films are to be found; beside the pages when left out')
    .option('--excel', 'begin the batch with a byte-order mark, as Excel wants it')
    .option('--no-pictures', 'leave the pictures of words and guidelines out of the pages')
    .option('--json', 'print one JSON object')
    .action((name: string, folder: string, options: PagesOptions) =>
      withApi({ terminal, open }, options, async (api) => {
        const { id } = await campaignNamed(api, name)
        const { videosAt, excel, pictures } = options
        const written = await api.crowds.write({ id, folder: resolve(terminal.cwd, folder), videosAt, excel, pictures })
        if (options.json) return terminal.json(written)
        terminal.say(`${written.videos} videos: ${written.files.join(', ')} in ${written.folder}`)
        for (const page of written.tooLarge) terminal.say(`  ${tooLargeWords(page)}`)
      }),
    )
}

/** `whynot campaign import`: answers that were given elsewhere. */
export function importCommand({ terminal, open }: CommandParts): Command {
  return new Command('import')
    .description('Bring in answers that were given elsewhere: results of Mechanical Turk, or answers as JSON')
    .argument('<campaign>', 'its name')
    .argument('<path>', 'results file, answer file, or a folder of answer files')
    .addOption(projectOption())
    .option('--dry-run', 'say what it would do, and change nothing')
    .option('--json', 'print one JSON object')
    .action((name: string, path: string, options: Options & { dryRun?: boolean }) =>
      withApi({ terminal, open }, options, async (api) => {
        const { id } = await campaignNamed(api, name)
        const report = await api.crowds.import({ id, path: resolve(terminal.cwd, path), dryRun: options.dryRun })
        if (options.json) return terminal.json(report)
        const { rows, workers, taken, replaced, rejected, skipped, labels, tracks } = report
        terminal.say(`${taken} of ${rows} rows taken, of ${workers} people: ${labels} labels, ${tracks} tracks`)
        terminal.say(`${replaced} of them in place of earlier ones; ${rejected} rejected, ${skipped} skipped`)
        for (const { reason, count } of report.reasons) terminal.say(`  ${count}: ${reason}`)
        if (report.otherVideos.length > 0) terminal.say(`  no videos of it: ${report.otherVideos.join(', ')}`)
        if (report.otherWords.length > 0) terminal.say(`  not asked about: ${report.otherWords.join(', ')}`)
      }),
    )
}

interface DecideOptions extends Options {
  reject?: string
  bonus?: string
  bonusGold?: string
  bonusGoldSeen?: string
}

/** `whynot campaign decisions`: who is paid, who is not and why, and who gets more. */
export function decisionsCommand({ terminal, open }: CommandParts): Command {
  return new Command('decisions')
    .description('Write who of a crowd is paid, who is not and why, who gets more, and everybody in numbers')
    .argument('<campaign>', 'its name')
    .argument('<results>', 'the results file, as it came')
    .argument('<folder>', 'the folder to write into')
    .addOption(projectOption())
    .option('--reject <why>', 'reject the assignments of people who are left out, for this reason')
    .option('--bonus <amount>', 'a bonus for each approved assignment of those who are right on gold')
    .option('--bonus-gold <share>', 'right on gold at least so often')
    .option('--bonus-gold-seen <count>', 'and saw at least so many gold items')
    .option('--json', 'print one JSON object')
    .action((name: string, results: string, folder: string, options: DecideOptions) =>
      withApi({ terminal, open }, options, async (api) => {
        const { id } = await campaignNamed(api, name)
        const places = { path: resolve(terminal.cwd, results), folder: resolve(terminal.cwd, folder) }
        const written = await api.crowds.decide({ id, ...places, reject: options.reject, bonus: bonusOf(options) })
        if (options.json) return terminal.json(written)
        const { approved, rejected, bonuses, workers, files } = written
        terminal.say(`${approved} approved, ${rejected} rejected, ${bonuses} bonuses, ${workers} people`)
        terminal.say(`${files.join(', ')} in ${written.folder}`)
      }),
    )
}

function bonusOf({ bonus, bonusGold, bonusGoldSeen }: DecideOptions) {
  if (bonus === undefined) return undefined
  return {
    amount: numberOf('--bonus', bonus),
    ...(bonusGold !== undefined && { gold: numberOf('--bonus-gold', bonusGold) }),
    ...(bonusGoldSeen !== undefined && { goldSeen: numberOf('--bonus-gold-seen', bonusGoldSeen) }),
  }
}

function numberOf(setting: string, text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value))
    throw new Failure('BAD_SETTING', { setting, reason: 'It is a number.' })
  return value
}
