import type { QueueOf, Work, WorkQueue } from '@shared/contract/work'
import type { PersonId, VideoId } from '@shared/ids'
import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import { useApi } from '@renderer/connection/api'
import { untilSettled } from '@renderer/connection/settled'
import { useChanges } from './changes'
import { useNotices } from './notices'
import { useProject } from './project'

/** What is known of the video that is open and of the queue, and how it is read. */
function useReading() {
  const api = useApi()
  const notices = useNotices()
  const project = useProject()
  const queue = shallowRef<WorkQueue | null>(null)
  /** False until it was asked whether there is a queue. */
  const known = ref(false)
  const own = shallowRef<Work | null>(null)
  const others = shallowRef<readonly Work[]>([])
  const waiting = shallowRef({ returned: 0, submitted: 0 })
  const video = shallowRef<VideoId | undefined>()
  let latest = 0
  let newest: Promise<unknown> = Promise.resolve()

  /** Reads everything about the video, or about the queue alone; an answer after a later question is dropped. */
  function read(place: Promise<WorkQueue | null>): Promise<void> {
    const reading = readAll(place, ++latest)
    newest = reading.catch(() => {})
    return reading
  }

  async function readAll(place: Promise<WorkQueue | null>, mine: number): Promise<void> {
    const of = video.value
    const [now, work, waits] = await Promise.all([
      place,
      of ? api.work.get({ video: of }).catch(() => null) : null,
      api.work.waiting(),
    ])
    if (mine !== latest) return
    ;[queue.value, waiting.value, known.value] = [now, waits, true]
    own.value = work?.own ?? null
    others.value = work?.others ?? []
  }

  async function refresh(): Promise<void> {
    if (project.current) await read(api.work.queue({ video: video.value })).catch(() => {})
  }

  /** Goes to a video; within the queue it goes on there another day. */
  async function stand(id: VideoId | undefined): Promise<void> {
    video.value = id
    if (own.value?.video !== id) [own.value, others.value] = [null, []]
    if (project.current) await notices.tried(read(id ? api.work.stand({ video: id }) : api.work.queue({})))
  }

  function forget(): void {
    latest++
    ;[queue.value, own.value, others.value, known.value, video.value] = [null, null, [], false, undefined]
  }

  /** Resolves when what is asked about was answered. */
  const settled = () => untilSettled(() => newest)

  return { queue, known, own, others, waiting, video, refresh, settled, stand, forget }
}

/**
 * How far this person is with the video that is open, and the queue they go through. The queue is the studio's, so that
 * it is the same after a reload, on another page, and another day.
 */
export const useWork = defineStore('work', () => {
  const api = useApi()
  const notices = useNotices()
  const project = useProject()
  const changes = useChanges()
  const { video, forget, ...reading } = useReading()
  const { queue, known, own, refresh, settled } = reading

  /** Begins a queue at a video of it, else at its first; null where it could not, which is said. */
  async function enter(name: string, of: QueueOf, at?: VideoId): Promise<WorkQueue | null> {
    const entered = await notices.tried(api.work.enterQueue({ name, of, at }))
    if (entered) [queue.value, known.value] = [entered, true]
    return entered
  }

  async function leave(): Promise<void> {
    await notices.tried(api.work.leaveQueue())
    queue.value = null
  }

  /** Does something to a video's work, and reads what came of it; false where it was refused, which is said. */
  async function did(change: Promise<Work>): Promise<boolean> {
    const done = await notices.tried(change)
    void refresh()
    await settled()
    return done !== null
  }

  changes.on('work', () => void refresh())
  changes.on('annotation', (ids) => {
    // A first answer begins a video; later ones change nothing here.
    const isHere = ids.length === 0 || (video.value !== undefined && ids.includes(video.value))
    if (own.value?.state !== 'started' && isHere) void refresh()
  })
  watch(
    () => project.key,
    () => {
      forget()
      void refresh()
    },
    { immediate: true },
  )

  return {
    ...reading,
    ...{ enter, leave },
    submit: (id: VideoId) => did(api.work.submit({ video: id })),
    skip: (id: VideoId, reason: string) => did(api.work.skip({ video: id, reason })),
    reopen: (id: VideoId) => did(api.work.reopen({ video: id })),
    accept: (id: VideoId, person: PersonId) => did(api.work.accept({ video: id, person })),
    sendBack: (id: VideoId, person: PersonId, note: string) => did(api.work.sendBack({ video: id, person, note })),
  }
})
