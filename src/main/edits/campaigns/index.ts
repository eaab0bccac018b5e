import type { EditKind } from '@main/store/history/edit'
import { consolidate } from './consolidate'
import { decide } from './decide'

/** What reviewers do to campaigns. */
export const campaignEdits: readonly EditKind[] = [decide, consolidate]
