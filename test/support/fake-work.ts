import { owner } from '@shared/actor'
import type { VideoRow } from '@shared/contract/library'
import type { Work, WorkQueue } from '@shared/contract/work'
import type { WorkState } from '@shared/contract/work-state'
import type { VideoId } from '@shared/ids'
import type { Implementer } from './fake-api'

interface Queue {
  name: string
  kind: WorkQueue['kind']
  list: VideoId[]
  at: VideoId
}

/** What one person, the owner, is done with, and their queue, in memory. */
export function fakeWork({ work }: Implementer, state: { videos: VideoRow[] }) {
  const states = new Map<VideoId, { state: WorkState; note: string | null }>()
  let queue: Queue | null = null
  const of = (video: VideoId): Work => ({
    ...{ video, person: owner.id, name: owner.name, at: states.has(video) ? 1 : null },
    ...(states.get(video) ?? { state: 'new', note: null }),
  })
  const put = (video: VideoId, now: WorkState, note: string | null = null) => {
    states.set(video, { state: now, note })
    return of(video)
  }
  const around = (video?: VideoId): WorkQueue | null => {
    if (!queue) return null
    const { name, kind, list, at } = queue
    const index = list.indexOf(video ?? at)
    const open = [...list.slice(index + 1), ...list.slice(0, index + 1)].find((id) => !states.has(id))
    return {
      ...{ name, kind, at, total: list.length, done: list.filter((id) => states.has(id)).length },
      ...{ index: index < 0 ? null : index, previous: list[index - 1] ?? null, open: open ?? null },
      next: index < 0 ? null : (list[index + 1] ?? null),
    }
  }
  return {
    get: work.get.handler(({ input }) => ({ own: of(input.video), others: [] })),
    submit: work.submit.handler(({ input }) => put(input.video, 'submitted')),
    skip: work.skip.handler(({ input }) => put(input.video, 'skipped', input.reason)),
    reopen: work.reopen.handler(({ input }) => {
      states.delete(input.video)
      return of(input.video)
    }),
    accept: work.accept.handler(({ input }) => ({
      ...of(input.video),
      person: input.person,
      state: 'reviewed' as const,
    })),
    sendBack: work.sendBack.handler(({ input }) => ({
      ...{ ...of(input.video), person: input.person },
      ...{ state: 'returned' as const, note: input.note },
    })),
    waiting: work.waiting.handler(() => ({ returned: 0, submitted: 0 })),
    queue: work.queue.handler(({ input }) => around(input.video)),
    enterQueue: work.enterQueue.handler(({ input }) => {
      const all = state.videos.map(({ id }) => id)
      const only = input.of.what === 'videos' ? input.of.only : undefined
      const list = only ? all.filter((id) => only.includes(id)) : all
      const at = input.at ?? list[0] ?? all[0]!
      queue = { name: input.name, kind: 'label', list, at }
      return around(at)!
    }),
    stand: work.stand.handler(({ input }) => {
      if (queue?.list.includes(input.video)) queue.at = input.video
      return around(input.video)
    }),
    leaveQueue: work.leaveQueue.handler(() => {
      queue = null
      return null
    }),
  }
}
