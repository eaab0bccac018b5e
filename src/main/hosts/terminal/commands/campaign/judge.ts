import type { Api } from '@shared/contract'
import type { TakeBoxes } from '@shared/contract/campaign-results'
import { LabelValue } from '@shared/contract/library'
import { Failure } from '@shared/failures'
import type { CampaignId, PersonId } from '@shared/ids'
import { Command } from 'commander'
import { type CommandParts, type ProjectOptions, projectOption, withApi } from '@main/hosts/terminal/kit/studio-session'
import { campaignNamed, everyItem } from './named'

type Options = ProjectOptions & { json?: boolean }

/** A campaign, a video, a word, and the answer. */
type Judged = [name: string, video: string, word: string, answer: string]

/** What takes a decision back, in the place of an answer. */
const back = 'back'

/** `whynot campaign decide`: what a reviewer says where people differ. */
export function decideCommand({ terminal, open }: CommandParts): Command {
  return new Command('decide')
    .description('Decide what people differ in; "back" in the place of an answer takes a decision back')
    .argument('<campaign>', 'its name')
    .argument('<video>', 'its name')
    .argument('<word>', 'an attribute of the campaign')
    .argument('<answer>', 'present, absent or unsure; of boxes a name, median, own or none')
    .option('--boxes', 'decide the boxes of the word')
    .addOption(projectOption())
    .option('--json', 'print one JSON object')
    .action((...[name, video, word, answer, options]: [...Judged, Options & { boxes?: boolean }]) =>
      withApi({ terminal, open }, options, async (api) => {
        const { id, attributes } = await campaignNamed(api, name)
        const place = { item: await itemNamed(api, id, video), attribute: await wordNamed(api, attributes, word) }
        if (options.boxes) await api.campaigns.decideBoxes({ ...place, take: await boxesOf(api, id, answer) })
        else await api.campaigns.decide({ ...place, value: valueOf(answer) })
        if (options.json) terminal.json({ ...place, answer })
        else terminal.say(answer === back ? `${video}: ${word} is open again` : `${video}: ${word} ${answer}`)
      }),
    )
}

/** `whynot campaign leave-out`: answers stay, and count no more. */
export function leaveOutCommand({ terminal, open }: CommandParts): Command {
  return new Command('leave-out')
    .description('Leave a person out: their answers stay, and count no more')
    .argument('<campaign>', 'its name')
    .argument('<person>', 'their name')
    .option('--back', 'let their answers count again')
    .addOption(projectOption())
    .option('--json', 'print one JSON object')
    .action((name: string, who: string, options: Options & { back?: boolean }) =>
      withApi({ terminal, open }, options, async (api) => {
        const { id } = await campaignNamed(api, name)
        const person = await annotatorNamed(api, id, who)
        await api.campaigns.leaveOut({ id, person, leftOut: !options.back })
        if (options.json) terminal.json({ person, leftOut: !options.back })
        else terminal.say(options.back ? `${who} counts again` : `${who} left out`)
      }),
    )
}

/** Somebody who answered in a campaign. Rejects with Failure UNKNOWN_NAME; BAD_SETTING where several are called so. */
export async function annotatorNamed(api: Api, id: CampaignId, name: string): Promise<PersonId> {
  const { annotators } = await api.campaigns.quality({ id })
  const found = annotators.filter((one) => one.name === name || one.person === name)
  const [first, second] = found
  if (second)
    throw new Failure('BAD_SETTING', {
      setting: 'person',
      reason: `Several people are called ${name}; their ids are ${found.map(({ person }) => person).join(', ')}.`,
    })
  if (first) return first.person
  throw new Failure('UNKNOWN_NAME', { kind: 'person', name, known: annotators.map((one) => one.name) })
}

async function itemNamed(api: Api, id: CampaignId, name: string) {
  const rows = await everyItem(api, id, 'all')
  const found = rows.find(({ videoName }) => videoName === name)
  if (found) return found.id
  throw new Failure('UNKNOWN_NAME', { kind: 'video', name, known: rows.map(({ videoName }) => videoName) })
}

async function wordNamed(api: Api, asked: readonly string[], name: string) {
  const words = (await api.library.attributes()).filter(({ id }) => asked.includes(id))
  const found = words.find((word) => word.name === name)
  if (found) return found.id
  throw new Failure('UNKNOWN_NAME', { kind: 'attribute', name, known: words.map((word) => word.name) })
}

function valueOf(answer: string): LabelValue | null {
  if (answer === back) return null
  const value = LabelValue.safeParse(answer)
  if (value.success) return value.data
  throw new Failure('BAD_SETTING', { setting: 'answer', reason: 'It is present, absent, unsure or back.' })
}

async function boxesOf(api: Api, id: CampaignId, answer: string): Promise<TakeBoxes> {
  if (answer === back) return null
  if (answer === 'median' || answer === 'own' || answer === 'none') return answer
  return { person: await annotatorNamed(api, id, answer) }
}
