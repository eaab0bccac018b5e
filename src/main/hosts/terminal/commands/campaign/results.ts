import { ConsensusRule } from '@shared/config/campaign'
import type { Quality } from '@shared/contract/campaign-quality'
import type { Command } from 'commander'
import { addSettings, settingsFrom } from '@main/hosts/terminal/kit/setting-options'
import { type CommandParts, withApi } from '@main/hosts/terminal/kit/studio-session'
import { aligned } from '@main/hosts/terminal/kit/table'
import { type AboutOptions as Options, about } from './about'
import { campaignNamed, share } from './named'

export function qualityCommand({ terminal, open }: CommandParts): Command {
  return about('quality', 'Agreement by attribute and over all; gold, time and flags by person').action(
    (name: string, options: Options) =>
      withApi({ terminal, open }, options, async (api) => {
        const { id } = await campaignNamed(api, name)
        const quality = await api.campaigns.quality({ id })
        if (options.json) return terminal.json(quality)
        for (const line of qualityLines(quality)) terminal.say(line)
      }),
  )
}

function qualityLines({ overall, attributes, annotators, without, iou }: Quality): string[] {
  const alphas = attributes.map((one) => [
    one.name,
    share(one.alpha),
    share(one.plusMinus),
    share(one.iou),
    `${one.differing}`,
  ])
  const people = annotators.map((one) => [
    one.leftOut ? `${one.name} (left out)` : one.name,
    ...[`${one.answered}`, share(one.gold), share(one.withOthers), share(one.reliability)],
    one.seconds ? one.seconds.median.toFixed(1) : '-',
  ])
  return [
    `alpha ${share(overall.alpha)} +-${share(overall.plusMinus)}${iou === null ? '' : `, tube IoU ${share(iou)}`}`,
    ...without.slice(0, 3).map((one) => `without ${one.name} ${share(one.alpha)}`),
    ...aligned([['attribute', 'alpha', '+-', 'IoU', 'differing'], ...alphas]),
    ...aligned([['person', 'answers', 'gold', 'with others', 'right', 'median s'], ...people]),
    ...annotators.flatMap((one) => one.flags.map(({ kind, why }) => `${one.name}: ${kind}. ${why}`)),
  ]
}

export function disagreementsCommand({ terminal, open }: CommandParts): Command {
  return about('disagreements', 'What waits for a reviewer, least sure first').action(
    (name: string, options: Options) =>
      withApi({ terminal, open }, options, async (api) => {
        const { id } = await campaignNamed(api, name)
        const waiting = await api.campaigns.disagreements({ id })
        if (options.json) return terminal.json(waiting)
        if (waiting.length === 0) terminal.say('Nothing waits for a reviewer.')
        for (const { videoName, attributeName, about: what, why, sure, answers } of waiting) {
          const said = answers.map((one) => `${one.name} ${one.value ?? '-'}`).join(', ')
          terminal.say(`${videoName}  ${attributeName}  ${what}  ${why}  ${share(sure)}  ${said}`)
        }
      }),
  )
}

export function statisticsCommand({ terminal, open }: CommandParts): Command {
  return about('statistics', 'Numbers of the data set that the campaign makes, with agreement').action(
    (name: string, options: Options) =>
      withApi({ terminal, open }, options, async (api) => {
        const { id } = await campaignNamed(api, name)
        const all = await api.campaigns.statistics({ id })
        if (options.json) return terminal.json(all)
        const rows = [
          ['videos train / test', `${all.videos.train} / ${all.videos.test}`],
          ['classes', `${all.classes}`],
          ['attributes', `${all.attributes}`],
          ['attributes per video', share(all.attributesPerVideo)],
          ['boxes train / test', `${all.boxes.train} / ${all.boxes.test}`],
          ['people', `${all.annotators}`],
          ['answers per video', share(all.answersPerItem)],
          ['hours', all.hours.toFixed(1)],
          ['alpha', share(all.alpha)],
          ['tube IoU', share(all.iou)],
        ]
        for (const line of aligned(rows)) terminal.say(line)
      }),
  )
}

export function consolidateCommand({ terminal, open }: CommandParts): Command {
  const command = about('consolidate', 'Make one layer of the answers; can be undone')
  return addSettings(command, ConsensusRule).action((name: string, options: Options & Record<string, unknown>) =>
    withApi({ terminal, open }, options, async (api) => {
      const { id, settings } = await campaignNamed(api, name)
      const rule = settingsFrom(ConsensusRule, ConsensusRule.parse(settings), options)
      const { layer } = await api.campaigns.consolidate({ id, rule })
      if (options.json) return terminal.json(layer)
      terminal.say(`${layer?.labels} labels, ${layer?.tracks} tracks; ${layer?.open} wait for a reviewer`)
    }),
  )
}

export function undoCommand({ terminal, open }: CommandParts): Command {
  const command = about('undo', 'Undo the last consolidation; answers stay')
  command.option('--decision', 'undo your last decision instead')
  return command.action((name: string, options: Options & { decision?: boolean }) =>
    withApi({ terminal, open }, options, async (api) => {
      const { id } = await campaignNamed(api, name)
      if (options.decision) {
        const undone = await api.campaigns.undoDecision({ id })
        if (options.json) return terminal.json(undone)
        return terminal.say(undone.label ? `Undone: ${undone.label}` : 'There is no decision of yours to undo.')
      }
      const { layer } = await api.campaigns.undoConsolidation({ id })
      if (options.json) return terminal.json(layer)
      terminal.say(layer ? 'The layer before is back.' : 'Answers are not consolidated any more.')
    }),
  )
}
