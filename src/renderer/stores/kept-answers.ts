import type { Answers } from '@shared/contract/campaign-words'
import { Answers as AnswersSchema } from '@shared/contract/campaign-words'
import type { ItemId } from '@shared/ids'

const keyOf = (item: ItemId) => `whynot.item.${item}`

/** What was answered of an item and may not have reached the studio; nothing where the browser keeps nothing. */
export function keptAnswers(item: ItemId): Answers {
  try {
    return AnswersSchema.parse(JSON.parse(localStorage.getItem(keyOf(item)) ?? '{}'))
  } catch {
    return {}
  }
}

/** Keeps answers in this browser until they are sent; null forgets them. */
export function keepAnswers(item: ItemId, answers: Answers | null): void {
  try {
    if (answers) localStorage.setItem(keyOf(item), JSON.stringify(answers))
    else localStorage.removeItem(keyOf(item))
  } catch {
    // A browser that keeps nothing loses only what a reload in an outage would.
  }
}
