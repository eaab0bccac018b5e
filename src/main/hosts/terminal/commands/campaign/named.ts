import type { Api } from '@shared/contract'
import type { Campaign, CampaignItem } from '@shared/contract/campaign-words'
import { Failure } from '@shared/failures'
import type { CampaignId } from '@shared/ids'

/** The campaign of this name, or with this id. Rejects with Failure UNKNOWN_NAME. */
export async function campaignNamed(api: Api, name: string): Promise<Campaign> {
  const all = await api.campaigns.list()
  const found = all.find(({ id }) => id === name) ?? all.find((one) => one.name === name)
  if (found) return found
  throw new Failure('UNKNOWN_NAME', { kind: 'campaign', name, known: all.map((one) => one.name) })
}

/** A share as people read it: .71, or a dash for nothing. */
export function share(value: number | null | undefined): string {
  return value === null || value === undefined ? '-' : value.toFixed(2).replace(/^(-?)0\./, '$1.')
}

/** One campaign in one line. */
export function lineOf({ name, kind, state, progress }: Campaign): string {
  return `${name}  ${kind}  ${state}  ${progress.answers} of ${progress.wanted} answers, ${progress.items} items`
}

/** Which items of a campaign are meant. */
export const which = ['all', 'gold', 'skipped', 'inHand'] as const

export async function everyItem(api: Api, id: CampaignId, only: (typeof which)[number]): Promise<CampaignItem[]> {
  const rows: CampaignItem[] = []
  for (;;) {
    const page = await api.campaigns.items({ id, only, offset: rows.length, limit: 500 })
    rows.push(...page.rows)
    if (page.rows.length === 0 || rows.length >= page.total) return rows
  }
}
