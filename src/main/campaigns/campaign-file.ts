import type { Repositories } from '@main/store/repositories'
import type { AttributeId } from '@shared/ids'
import type { CampaignData } from './outcome/campaign-data'

/** Everything of a campaign by name, as a file for other programs: what was asked, who said what, and its layer. */
export function campaignFile({ campaign, words, items, names, parts }: CampaignData, { layers }: Repositories) {
  const wordOf = (id: AttributeId) => words.find((word) => word.id === id)?.name ?? id
  const byItem = Map.groupBy(parts, ({ item }) => item)
  const labels = Map.groupBy(layers.labels(campaign.id), ({ video }) => video)
  const tracks = Map.groupBy(layers.tracks(campaign.id), ({ video }) => video)
  const named = (answers: Iterable<readonly [AttributeId, string]>) =>
    Object.fromEntries([...answers].map(([attribute, value]) => [wordOf(attribute), value]))
  const { name, kind, settings, rule } = campaign
  return {
    kind: 'whynot-campaign',
    version: 1,
    campaign: { name, kind, settings, rule, attributes: words.map((word) => word.name) },
    items: [...items.values()].map((item) => ({
      video: item.name,
      gold: item.gold ? named(Object.entries(item.gold.answers) as [AttributeId, string][]) : null,
      answers: (byItem.get(item.id) ?? []).map((part) => ({
        ...{ person: names.get(part.person) ?? part.person, state: part.state, leftOut: part.leftOut },
        ...{ at: new Date(part.endedAt).toISOString(), seconds: part.seconds, answers: named(part.answers) },
        tracks: part.tracks.map(({ attribute, keyframes }) => ({ attribute: wordOf(attribute), keyframes })),
      })),
      layer: {
        labels: (labels.get(item.video) ?? []).map(({ attribute, value, sure, decided }) => {
          return { attribute: wordOf(attribute), value, sure, decided }
        }),
        tracks: (tracks.get(item.video) ?? []).map(({ attribute, keyframes, sure, decided }) => {
          return { attribute: wordOf(attribute), keyframes, sure, decided }
        }),
      },
    })),
  }
}
