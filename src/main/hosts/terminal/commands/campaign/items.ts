import type { Api } from '@shared/contract'
import { type Answers, SkipReason, type Task } from '@shared/contract/campaign-words'
import { LabelValue } from '@shared/contract/library'
import { Failure } from '@shared/failures'
import type { CampaignId } from '@shared/ids'
import { type Command, Option } from 'commander'
import { pair } from '@main/hosts/terminal/kit/name-value'
import { type CommandParts, withApi } from '@main/hosts/terminal/kit/studio-session'
import { type AboutOptions as Options, about } from './about'
import { annotatorNamed } from './judge'
import { campaignNamed, everyItem, which } from './named'

/** `whynot campaign items`: how far each video is, and why it was skipped. */
export function itemsCommand({ terminal, open }: CommandParts): Command {
  return about('items', 'List the videos of a campaign: answers, skips with their reasons')
    .addOption(new Option('--only <which>', 'only these').choices(which).default('all'))
    .action((name: string, options: Options & { only: (typeof which)[number] }) =>
      withApi({ terminal, open }, options, async (api) => {
        const { id } = await campaignNamed(api, name)
        const rows = await everyItem(api, id, options.only)
        if (options.json) return terminal.json(rows)
        for (const row of rows) {
          terminal.say(`${row.videoName}  ${row.isGold ? 'gold' : `${row.answers} of ${row.wanted} answers`}`)
          for (const { name: who, reason, note } of row.skips) terminal.say(`  skipped by ${who}: ${reason} ${note}`)
        }
      }),
    )
}

/** `whynot campaign again`: one more answer than was wanted. */
export function againCommand({ terminal, open }: CommandParts): Command {
  return about('again', 'Ask for one more answer of some videos')
    .argument('[videos...]', 'their names')
    .option('--answered-by <person>', 'all that this person answered')
    .action((name: string, videos: string[], options: Options & { answeredBy?: string }) =>
      withApi({ terminal, open }, options, async (api) => {
        const { id } = await campaignNamed(api, name)
        const rows = await everyItem(api, id, 'all')
        const items = videos.map((video) => {
          const found = rows.find(({ videoName }) => videoName === video)
          if (found) return found.id
          throw new Failure('UNKNOWN_NAME', { kind: 'video', name: video, known: rows.map((row) => row.videoName) })
        })
        const answeredBy = options.answeredBy ? await annotatorNamed(api, id, options.answeredBy) : undefined
        const asked = await api.campaigns.askAgain({ id, items, answeredBy })
        if (options.json) terminal.json(asked)
        else terminal.say(`${asked.items} asked again`)
      }),
    )
}

/** `whynot campaign gold`: videos whose right answers are known, as who asks has answered them. */
export function goldCommand({ terminal, open }: CommandParts): Command {
  return about('gold', 'Make gold of videos that you have answered yourself')
    .argument('<videos...>', 'their names')
    .option('--not', 'make them gold no more')
    .action((name: string, videos: string[], options: Options & { not?: boolean }) =>
      withApi({ terminal, open }, options, async (api) => {
        const { id } = await campaignNamed(api, name)
        const ids = await Promise.all(videos.map((video) => videoNamed(api, video)))
        const made = await api.campaigns.setGold({ id, videos: ids, isGold: !options.not })
        if (options.json) return terminal.json(made)
        terminal.say(`${made.gold} gold`)
        if (made.withoutAnswers.length > 0)
          terminal.say(`  ${made.withoutAnswers.length} of them have no answer of yours, and are none`)
      }),
    )
}

/** `whynot campaign next`: what is asked of who asks, and until when it is theirs. */
export function nextCommand({ terminal, open }: CommandParts): Command {
  return about('next', 'Take the next video to answer; the one you hold where there is one').action(
    (name: string, options: Options) =>
      withApi({ terminal, open }, options, async (api) => {
        const { id } = await campaignNamed(api, name)
        const next = await api.campaigns.next({ id })
        if (options.json) return terminal.json(next)
        if (next.is !== 'task') return terminal.say(`No video: ${next.is}. ${next.done} of ${next.all} done.`)
        for (const line of linesOf(next.task)) terminal.say(line)
      }),
  )
}

function linesOf({ video, answer, box, draft, done, all }: Task): string[] {
  const said = (id: keyof Answers) => (draft[id] ? `  ${draft[id]}` : '')
  return [
    `${video.name}  ${video.frames} frames, ${video.seconds.toFixed(1)} s; ${done} of ${all} done`,
    ...answer.map((word) => `  ${word.name}${said(word.id)}`),
    ...(box.length > 0 ? [`  to box: ${box.map((word) => word.name).join(', ')}`] : []),
  ]
}

/** `whynot campaign answer`: answers the video that was taken. */
export function answerCommand({ terminal, open }: CommandParts): Command {
  return about('answer', 'Answer the video you hold; boxes are those you have drawn in it')
    .argument('[answers...]', 'word=present, word=absent or word=unsure, one for each word asked')
    .action((name: string, said: string[], options: Options) =>
      withApi({ terminal, open }, options, async (api) => {
        const { id } = await campaignNamed(api, name)
        const task = await held(api, id)
        const done = await api.campaigns.submit({ item: task.item, answers: answersOf(task, said) })
        if (options.json) terminal.json(done)
        else terminal.say(`${task.video.name} answered; ${done.done} of ${done.all} done`)
      }),
    )
}

/** `whynot campaign skip`: leaves the video that was taken to others. */
export function skipCommand({ terminal, open }: CommandParts): Command {
  return about('skip', 'Leave the video you hold to others')
    .addOption(new Option('--reason <why>', 'why').choices(SkipReason.options).default('other'))
    .option('--note <words>', 'more about it', '')
    .action((name: string, options: Options & { reason: SkipReason; note: string }) =>
      withApi({ terminal, open }, options, async (api) => {
        const { id } = await campaignNamed(api, name)
        const { item, video } = await held(api, id)
        await api.campaigns.skip({ item, reason: options.reason, note: options.note })
        if (options.json) terminal.json({ item, skipped: true })
        else terminal.say(`${video.name} skipped`)
      }),
    )
}

/** `whynot campaign remove`: what people answered stays theirs. */
export function removeCommand({ terminal, open }: CommandParts): Command {
  return about('remove', 'Delete a campaign with its layer; what people answered stays theirs').action(
    (name: string, options: Options) =>
      withApi({ terminal, open }, options, async (api) => {
        const { id } = await campaignNamed(api, name)
        await api.campaigns.remove({ id })
        if (options.json) terminal.json({ id, removed: true })
        else terminal.say(`${name} removed`)
      }),
  )
}

async function videoNamed(api: Api, name: string) {
  const { rows } = await api.library.videos({ text: name })
  const found = rows.find((row) => row.name === name)
  if (found) return found.id
  throw new Failure('UNKNOWN_NAME', { kind: 'video', name, known: rows.slice(0, 20).map((row) => row.name) })
}

/** The item that is held; the next one where none is. Throws Failure CAMPAIGN_STATE. */
async function held(api: Api, id: CampaignId): Promise<Task> {
  const next = await api.campaigns.next({ id })
  if (next.is === 'task') return next.task
  throw new Failure('CAMPAIGN_STATE', { state: next.is, reason: 'There is no video of yours to answer.' })
}

/** Throws Failure UNKNOWN_NAME, BAD_SETTING. */
function answersOf({ answer, draft }: Task, said: readonly string[]): Answers {
  const given = said.reduce<Record<string, unknown>>((before, text) => pair(text, before), {})
  const answers = Object.entries(given).map(([name, text]) => {
    const word = answer.find((one) => one.name === name)
    if (!word) throw new Failure('UNKNOWN_NAME', { kind: 'attribute', name, known: answer.map((one) => one.name) })
    const value = LabelValue.safeParse(text)
    if (value.success) return [word.id, value.data] as const
    throw new Failure('BAD_SETTING', { setting: name, reason: 'It is present, absent or unsure.' })
  })
  return { ...draft, ...Object.fromEntries(answers) }
}
