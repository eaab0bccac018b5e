import { resolve } from 'node:path'
import { CampaignSettings } from '@shared/config/campaign'
import type { Api } from '@shared/contract'
import { CampaignKind, CampaignVideos } from '@shared/contract/campaign-words'
import { type Split, VideoFilter } from '@shared/contract/library'
import { WorkState } from '@shared/contract/work-state'
import { Failure } from '@shared/failures'
import type { AttributeId, CampaignId } from '@shared/ids'
import { Command, Option } from 'commander'
import { guideInFile } from '@main/hosts/terminal/kit/guide-file'
import { addSettings, settingsFrom } from '@main/hosts/terminal/kit/setting-options'
import { type CommandParts, type ProjectOptions, projectOption, withApi } from '@main/hosts/terminal/kit/studio-session'
import { campaignNamed, lineOf } from './named'

interface Options extends ProjectOptions, Record<string, unknown> {
  kind: CampaignKind
  videos: 'frozen' | 'growing'
  text?: string
  split?: Split
  class?: string
  work?: WorkState[]
  attributes?: string
  guidelines?: string
  json?: boolean
}

/** `whynot campaign create`: a draft that asks nobody before it is opened. */
export function createCommand({ terminal, open }: CommandParts): Command {
  const command = new Command('create')
    .description('Make a campaign, as a draft')
    .argument('<name>', 'what it is called')
    .addOption(projectOption())
    .addOption(new Option('--kind <kind>', 'what is asked').choices(CampaignKind.options).default('attributes'))
    .addOption(
      new Option('--videos <which>', 'those that match when it is opened, or also later ones')
        .choices(CampaignVideos.options)
        .default('frozen'),
    )
    .option('--text <words>', 'only videos with these words in the names of video, class or attributes')
    .addOption(new Option('--split <split>', 'only videos of this split').choices(['train', 'test']))
    .option('--class <name>', 'only videos of this class')
    .addOption(new Option('--work <state...>', 'only videos that somebody is so far with').choices(WorkState.options))
    .option('--attributes <list>', 'the words asked about, commas between; the whole vocabulary when left out')
    .option('--guidelines <file>', 'a Markdown file; pictures beside it are taken along')
    .option('--json', 'print one JSON object')
  return addSettings(command, CampaignSettings).action((name: string, options: Options) =>
    withApi({ terminal, open }, options, async (api) => {
      const made = await api.campaigns.create({
        ...{ name, kind: options.kind, videos: options.videos, filter: await filterOf(api, options) },
        attributes: await wordsOf(api, options.attributes),
        settings: settingsFrom(CampaignSettings, {}, options),
      })
      const campaign = await withGuidelines(
        api,
        made.id,
        options.guidelines && resolve(terminal.cwd, options.guidelines),
      )
      if (options.json) terminal.json(campaign)
      else terminal.say(lineOf(campaign))
    }),
  )
}

/** `whynot campaign change`: settings and guidelines, while it runs. */
export function changeCommand({ terminal, open }: CommandParts): Command {
  const command = new Command('change')
    .description('Change the settings or guidelines of a campaign')
    .argument('<campaign>', 'its name')
    .addOption(projectOption())
    .option('--guidelines <file>', 'a Markdown file; pictures beside it are taken along')
    .option('--json', 'print one JSON object')
  return addSettings(command, CampaignSettings).action((name: string, options: Options) =>
    withApi({ terminal, open }, options, async (api) => {
      const { id, settings } = await campaignNamed(api, name)
      await api.campaigns.change({ id, settings: settingsFrom(CampaignSettings, settings, options) })
      const campaign = await withGuidelines(api, id, options.guidelines && resolve(terminal.cwd, options.guidelines))
      if (options.json) terminal.json(campaign)
      else terminal.say(lineOf(campaign))
    }),
  )
}

async function filterOf(api: Api, { text = '', split, class: ofClass, work = [] }: Options): Promise<VideoFilter> {
  const classes = ofClass === undefined ? [] : await api.library.classes()
  const found = classes.find(({ name }) => name === ofClass)
  if (ofClass !== undefined && !found)
    throw new Failure('UNKNOWN_NAME', { kind: 'class', name: ofClass, known: classes.map(({ name }) => name) })
  return VideoFilter.parse({ text, work, splits: split ? [split] : [], classes: found ? [found.id] : [] })
}

async function wordsOf(api: Api, list: string | undefined): Promise<AttributeId[]> {
  const names = (list ?? '').split(',').flatMap((name) => name.trim() || [])
  const all = names.length > 0 ? await api.library.attributes() : []
  return names.map((name) => {
    const found = all.find((word) => word.name === name)
    if (found) return found.id
    throw new Failure('UNKNOWN_NAME', { kind: 'attribute', name, known: all.map((word) => word.name) })
  })
}

/** Gives a campaign the guidelines of a file, with the pictures that lie beside it; as it is without a file. */
async function withGuidelines(api: Api, id: CampaignId, file: string | undefined) {
  if (!file) return api.campaigns.get({ id })
  const add = (base64: string) => api.campaigns.addPicture({ id, base64 })
  return api.campaigns.change({ id, guidelines: await guideInFile(file, '--guidelines', add) })
}
