import type { Cause } from '@shared/contract/evaluation'
import type { OutcomeFormat } from '@shared/contract/films'
import type { Action } from '@renderer/actions/action-registry'
import { causeNames, causes } from './causes'
import { type ReviewTab, reviewTabs } from './review-tabs'

export interface ReviewCommands {
  /** Whether a clip is chosen. */
  active(): boolean
  move(by: number): void
  perRow(): number
  open(): void
  fix(): void
  mark(cause: Cause): void
  again(): void
  start(): void
  remove(): void
  go(tab: ReviewTab): void
  save(format: OutcomeFormat, whole: boolean): void
  play(): void
}

const saved = [
  ['csv', 'CSV'],
  ['json', 'JSON'],
  ['html', 'an HTML page'],
] as const

/** Every key of Review. */
export function reviewActions(screen: ReviewCommands): Action[] {
  const group = 'Review'
  const action = (id: string, name: string, key: string, run: () => void): Action => {
    return { id: `review.${id}`, name, group, keys: [key], allowed: screen.active, run }
  }
  const arrow = (id: string, name: string, key: string, by: () => number): Action => {
    return { ...action(id, name, key, () => screen.move(by())), keyOnly: true }
  }
  return [
    ...causes.map((cause, i) =>
      action(`cause.${cause}`, `Cause: ${causeNames[cause]}`, String(i + 1), () => screen.mark(cause)),
    ),
    action('open', 'Open the clip in Explain', 'Enter', screen.open),
    action('fix', 'Fix the label', 'F', screen.fix),
    action('play', 'Play or stop the clips', 'Space', screen.play),
    arrow('next', 'Next clip', 'ArrowRight', () => 1),
    arrow('previous', 'Previous clip', 'ArrowLeft', () => -1),
    arrow('below', 'Clip below', 'ArrowDown', screen.perRow),
    arrow('above', 'Clip above', 'ArrowUp', () => -screen.perRow()),
    ...saved.flatMap(([format, name]) =>
      [false, true].map((whole): Action => ({
        id: `review.save.${format}.${whole ? 'all' : 'shown'}`,
        name: `Save ${whole ? 'all outputs' : 'the shown outputs'} as ${name}`,
        group,
        run: () => screen.save(format, whole),
      })),
    ),
    { id: 'review.again', name: 'Evaluate again', group, run: screen.again },
    { id: 'review.start', name: 'New evaluation', group, run: screen.start },
    { id: 'review.remove', name: 'Delete this evaluation', group, run: screen.remove },
    ...(Object.keys(reviewTabs) as ReviewTab[]).map((name): Action => ({
      ...{ id: `review.${name}`, name: `Review: ${reviewTabs[name]}`, group },
      run: () => screen.go(name),
    })),
  ]
}
