import type { SkipReason } from '@shared/contract/campaign-words'

/** Why an item is left to others, in words, with its digit after S. */
export const skipReasons: readonly { reason: SkipReason; words: string; key: string }[] = [
  { reason: 'doesNotPlay', words: 'does not play', key: '1' },
  { reason: 'nobodyInIt', words: 'nobody in it', key: '2' },
  { reason: 'tooDark', words: 'too dark', key: '3' },
  { reason: 'other', words: 'other…', key: '4' },
]
