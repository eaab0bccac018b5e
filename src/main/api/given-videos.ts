import type { Actor } from '@shared/actor'
import { Failure } from '@shared/failures'
import { VideoId } from '@shared/ids'
import type { Campaigns } from '@main/campaigns/campaigns'

/** What an annotator reaches beside the items of campaigns: who they are, and the words they are asked about. */
const always = new Set([
  ...['people.me', 'project.current', 'project.guidelines', 'system.changes', 'library.attributes', 'library.classes'],
  ...['work.queue', 'work.waiting'],
])

/**
 * Once a project has asked its videos in a campaign, an annotator reaches the videos they were given, and nothing else
 * of it. Throws Failure NOT_ALLOWED.
 * @param path of the procedure called: its area and name
 */
export function checkGiven(
  campaigns: () => Pick<Campaigns, 'mayReach'>,
  { actor, path, input }: { actor: Actor; path: readonly string[]; input: unknown },
): void {
  if (actor.role !== 'annotator' || path[0] === 'campaigns' || always.has(path.join('.'))) return
  if (!campaigns().mayReach(actor, videoIn(path, input)))
    throw new Failure('NOT_ALLOWED', { role: actor.role, needs: 'a video that you were given' })
}

/** The one video that a call is about, or null. */
function videoIn(path: readonly string[], input: unknown): VideoId | null {
  const { video, id } = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>
  const found = VideoId.safeParse(path.join('.') === 'library.video' ? id : video)
  return found.success ? found.data : null
}
