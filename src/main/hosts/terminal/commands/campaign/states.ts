import { resolve } from 'node:path'
import type { CampaignState } from '@shared/contract/campaign-words'
import { Command } from 'commander'
import { type CommandParts, type ProjectOptions, projectOption, withApi } from '@main/hosts/terminal/kit/studio-session'
import { campaignNamed, lineOf } from './named'

type Options = ProjectOptions & { json?: boolean }

export function listCommand({ terminal, open }: CommandParts): Command {
  return new Command('list')
    .description('List campaigns, latest first')
    .addOption(projectOption())
    .option('--json', 'print one JSON array')
    .action((options: Options) =>
      withApi({ terminal, open }, options, async (api) => {
        const list = await api.campaigns.list()
        if (options.json) return terminal.json(list)
        if (list.length === 0) terminal.say('No campaigns yet.')
        for (const campaign of list) terminal.say(lineOf(campaign))
      }),
    )
}

export function showCommand({ terminal, open }: CommandParts): Command {
  return new Command('show')
    .description('Show a campaign: what it asks, how far it is, and its layer')
    .argument('<campaign>', 'its name')
    .addOption(projectOption())
    .option('--json', 'print one JSON object')
    .action((name: string, options: Options) =>
      withApi({ terminal, open }, options, async (api) => {
        const campaign = await campaignNamed(api, name)
        if (options.json) return terminal.json(campaign)
        terminal.say(lineOf(campaign))
        for (const { answers, items } of campaign.progress.byAnswers)
          terminal.say(`  ${answers} answers: ${items} items`)
        if (campaign.progress.gold > 0) terminal.say(`  gold: ${campaign.progress.gold} items`)
        const { layer } = campaign
        if (!layer) return terminal.say('  answers are not consolidated')
        terminal.say(`  layer: ${layer.labels} labels, ${layer.tracks} tracks; ${layer.open} wait for a reviewer`)
      }),
    )
}

const verbs = { open: 'open', paused: 'pause', closed: 'close' } as const

export function stateCommand(
  { terminal, open }: CommandParts,
  state: Exclude<CampaignState, 'draft'>,
  description: string,
): Command {
  return new Command(verbs[state])
    .description(description)
    .argument('<campaign>', 'its name')
    .addOption(projectOption())
    .option('--json', 'print one JSON object')
    .action((name: string, options: Options) =>
      withApi({ terminal, open }, options, async (api) => {
        const { id } = await campaignNamed(api, name)
        const campaign = await api.campaigns.setState({ id, state })
        if (options.json) terminal.json(campaign)
        else terminal.say(lineOf(campaign))
      }),
    )
}

export function exportCommand({ terminal, open }: CommandParts): Command {
  return new Command('export')
    .description('Write every answer and the layer of a campaign to a JSON file')
    .argument('<campaign>', 'its name')
    .argument('<file>', 'the file to write')
    .addOption(projectOption())
    .option('--json', 'print one JSON object')
    .action((name: string, file: string, options: Options) =>
      withApi({ terminal, open }, options, async (api) => {
        const { id } = await campaignNamed(api, name)
        const written = await api.campaigns.export({ id, path: resolve(terminal.cwd, file) })
        if (options.json) terminal.json(written)
        else terminal.say(`${written.answers} answers in ${written.path}`)
      }),
    )
}
