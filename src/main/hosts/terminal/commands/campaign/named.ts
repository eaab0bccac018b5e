import type { Api } from '@shared/contract'
import type { Campaign } from '@shared/contract/campaign-words'
import { Failure } from '@shared/failures'

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
