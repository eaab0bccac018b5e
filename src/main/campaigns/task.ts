import type { Task } from '@shared/contract/campaign-words'
import type { Repositories } from '@main/store/repositories'
import type { AttributeRow } from '@main/store/repositories/attribute-repository'
import type { CampaignRow, ItemRow } from '@main/store/repositories/campaign-repository'
import type { Assignment } from '@main/store/repositories/campaign-work-repository'

interface TaskParts {
  campaign: CampaignRow
  item: ItemRow
  assignment: Assignment
  answer: readonly AttributeRow[]
  box: readonly AttributeRow[]
  counts: { done: number; all: number }
  stored: Repositories
}

/** What an annotator is shown: the video and the words, nothing of the machine and nothing of what others said. */
export function taskOf({ campaign, item, assignment, answer, box, counts, stored }: TaskParts): Task {
  const { id, name, frames, fps, width, height, proxyWidth, proxyHeight, proxyFps } = stored.videos.get(item.video)
  const hasProxy = proxyWidth !== null && proxyHeight !== null && proxyFps !== null
  return {
    ...{ item: item.id, campaign: campaign.id, campaignName: campaign.name, kind: campaign.kind },
    video: {
      ...{ id, name, frames, fps, width, height },
      seconds: fps > 0 ? frames / fps : 0,
      ...stored.videos.frameTable(id),
      proxy: hasProxy ? { width: proxyWidth, height: proxyHeight, fps: proxyFps } : null,
    },
    answer: answer.map(worded),
    box: box.map(worded),
    draft: assignment.draft,
    leaseUntil: assignment.leaseUntil,
    ...counts,
  }
}

function worded({ id, name, group, description, picture, slot }: AttributeRow): Task['answer'][number] {
  return { id, name, group, description, picture, slot }
}
