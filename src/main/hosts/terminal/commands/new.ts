import { resolve } from 'node:path'
import { StarterName, starters } from '@shared/starter-vocabularies'
import { Command, Option } from 'commander'
import { ownClient } from '@main/api/own-client'
import { type OpenStudio, withStudio } from '@main/hosts/terminal/kit/studio-session'
import type { Terminal } from '@main/hosts/terminal/kit/terminal'

/** `whynot new`: a new project in an empty folder. */
export function newCommand({ say, json, cwd }: Terminal, open: OpenStudio): Command {
  return new Command('new')
    .description('Make a new project in an empty folder')
    .argument('<folder>', 'where it goes; made when it is not there')
    .option('--name <name>', 'shown to people; the name of the folder when left out')
    .addOption(new Option('--vocabulary <starter>', `words to begin with. ${about()}`).choices(StarterName.options))
    .option('--json', 'print one JSON object')
    .action((folder: string, options: { name?: string; vocabulary?: StarterName; json?: boolean }) =>
      withStudio(open, async (studio) => {
        const made = await studio.create(resolve(cwd, folder), options.name)
        if (options.vocabulary) await ownClient(studio).vocabulary.adopt({ name: options.vocabulary })
        const info = studio.current() ?? made
        if (options.json) json(info)
        else say(`Project ${info.name} is in ${info.path}. Next: whynot import VIDEOS --project ${quoted(folder)}`)
      }),
    )
}

function about(): string {
  return starters()
    .map(({ name, about: what }) => `${name}: ${what}`)
    .join(' ')
}

/** A path as a shell takes it in one piece. */
function quoted(path: string): string {
  return /^[\w./~-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`
}
