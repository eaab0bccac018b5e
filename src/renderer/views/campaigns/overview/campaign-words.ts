import type { Quality } from '@shared/contract/campaign-quality'
import type { Campaign, CampaignKind, CampaignState } from '@shared/contract/campaign-words'
import { mdiLockOutline, mdiPause, mdiPencilOutline, mdiPlay } from '@mdi/js'
import { metric } from '@renderer/words/format'

/** From here on labels can be used for tentative conclusions, and relied on (Krippendorff 2004, chapter 11). */
export const usable = 0.667
export const reliable = 0.8

/** A share or agreement as it is said: ".71", "1.00", "−.12"; a dash where there is none. */
export function share(value: number | null | undefined): string {
  return metric(value).replace(/^(\u2212?)0\./, '$1.')
}

export const stateLooks: Readonly<Record<CampaignState, { icon: string; look: string }>> = {
  draft: { icon: mdiPencilOutline, look: '' },
  open: { icon: mdiPlay, look: 'a' },
  paused: { icon: mdiPause, look: '' },
  closed: { icon: mdiLockOutline, look: '' },
}

export const kindWords: Readonly<Record<CampaignKind, string>> = {
  attributes: 'attributes',
  boxes: 'boxes',
  both: 'attributes, boxes',
}

/** Whether the labels can be used, and what to mend next. */
export interface Verdict {
  look: 'ok' | 'warn' | 'none'
  head: string
  text: string
}

export function verdictOf({ kind, progress }: Pick<Campaign, 'kind' | 'progress'>, quality: Quality): Verdict {
  if (progress.answers === 0)
    return { look: 'none', head: 'No answers yet.', text: 'Agreement shows when two people answered the same clips.' }
  if (kind === 'boxes') return boxVerdict(quality)
  const { alpha } = quality.overall
  if (alpha === null)
    return {
      look: 'none',
      head: 'Agreement cannot be told yet.',
      text: 'It takes clips that two people answered, and answers that differ.',
    }
  const head = alpha >= reliable ? 'Reliable.' : alpha >= usable ? 'Usable, not yet reliable.' : 'Not usable yet.'
  const line = alpha >= usable ? `reliable starts at ${share(reliable)}` : `usable starts at ${share(usable)}`
  const told = alpha >= reliable ? `Alpha is ${share(alpha)}.` : `Alpha is ${share(alpha)}; ${line}.`
  return {
    look: alpha >= reliable ? 'ok' : 'warn',
    head,
    text: [told, without(quality, alpha), weakest(quality)].filter(Boolean).join(' '),
  }
}

function without({ without: others }: Quality, alpha: number): string {
  const best = others.toSorted((a, b) => b.alpha - a.alpha)[0]
  return best && best.alpha >= alpha + 0.02 ? `Without ${best.name} it is ${share(best.alpha)}.` : ''
}

function weakest({ attributes }: Quality): string {
  const [last] = attributes
    .flatMap(({ name, alpha }) => (alpha === null ? [] : [{ name, alpha }]))
    .sort((a, b) => a.alpha - b.alpha)
  if (!last || last.alpha >= reliable) return ''
  return `“${last.name}” is at ${share(last.alpha)}: its guideline is the next thing to mend.`
}

function boxVerdict({ iou, pairs, attributes }: Quality): Verdict {
  if (iou === null)
    return { look: 'none', head: 'Agreement cannot be told yet.', text: 'It takes clips that two people boxed.' }
  const [last] = attributes
    .flatMap((one) => (one.iou === null ? [] : [{ name: one.name, iou: one.iou }]))
    .sort((a, b) => a.iou - b.iou)
  const weak =
    last && last.iou < 0.5 ? ` “${last.name}” is at ${share(last.iou)}: its guideline is the next thing to mend.` : ''
  const head = iou >= 0.5 ? 'Boxes agree.' : 'Boxes do not agree yet.'
  const text = `Mean tube IoU is ${share(iou)} over ${pairs} pairs of people.${weak}`
  return { look: iou >= 0.5 ? 'ok' : 'warn', head, text }
}

/** What is left to do, in minutes of work. */
export function workLeft({ progress }: Pick<Campaign, 'progress'>): string {
  const left = Math.max(0, progress.wanted - progress.answers)
  if (left === 0) return 'all answers are there'
  const { medianSeconds } = progress
  if (medianSeconds === null) return `${left} to go`
  const minutes = Math.max(1, Math.round((left * medianSeconds) / 60))
  return `${left} to go, about ${minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`} of work`
}
