import type { Task } from '@shared/contract/campaign-words'
import { CampaignId, ItemId, VideoId } from '@shared/ids'
import { anAttribute } from './fake-api'

/** An item as an annotator is given it: three words of a clip of 16 pictures, which cannot be played here. */
export function aTask(index: number, of: Partial<Task> = {}): Task {
  const words = [0, 1, 2].map((slot) => anAttribute(slot))
  return {
    ...{ item: ItemId.parse(`i${index}`), campaign: CampaignId.parse('k0'), campaignName: 'Six moves' },
    ...{ kind: 'attributes', answer: words, box: [], draft: {}, leaseUntil: Date.now() + 600_000, done: 0, all: 2 },
    video: {
      ...{ id: VideoId.parse(`v${index}`), name: `clip ${index}`, frames: 16, fps: 8, width: 64, height: 64 },
      ...{ seconds: 2, badFrames: [], timestampsMs: [], proxy: null },
    },
    ...of,
  }
}
