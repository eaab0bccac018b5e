import { type Actor, may, requireRole } from '@shared/actor'
import type { Change } from '@shared/contract/system'
import type { QueueOf, Work, WorkQueue } from '@shared/contract/work'
import { Failure } from '@shared/failures'
import type { PersonId, VideoId } from '@shared/ids'
import type { VideoSearch } from '@main/library/search/video-search'
import type { Project } from '@main/project/project'
import type { QueueRow } from '@main/store/repositories/work-queue-repository'
import type { WorkRow } from '@main/store/repositories/work-repository'

interface Parts {
  project: Project
  search: VideoSearch
  onChange: (change: Change) => void
  nameOf: (person: PersonId) => string
}

/** How far people are with videos: each submits or skips their own, a reviewer accepts or returns; and the queue each goes through. */
export class WorkService {
  constructor(private readonly parts: Parts) {}

  /** Throws Failure NOT_FOUND, as all calls do for a video that is no longer there. */
  get(actor: Actor, video: VideoId): { own: Work; others: Work[] } {
    const { videos, work } = this.stored
    videos.get(video)
    const people = may(actor, 'reviewer')
      ? [...new Set([...work.saidBy(video), ...work.ofVideo(video).map(({ person }) => person)])]
      : []
    const others = people.filter((person) => person !== actor.id).map((person) => this.of(video, person))
    return { own: this.of(video, actor.id), others }
  }

  submit(actor: Actor, video: VideoId): Work {
    return this.put({ video, person: actor.id, state: 'submitted', note: null })
  }

  /** Leaves a video out; `reason` says why. */
  skip(actor: Actor, video: VideoId, reason: string): Work {
    return this.put({ video, person: actor.id, state: 'skipped', note: reason })
  }

  /** Takes back a submission or a skip of one's own. */
  reopen(actor: Actor, video: VideoId): Work {
    this.stored.videos.get(video)
    this.parts.project.transaction(() => this.stored.work.remove(video, actor.id))
    return this.told(video, actor.id)
  }

  /** Throws Failure BAD_SETTING where this person submitted nothing. */
  accept(actor: Actor, { video, person }: { video: VideoId; person: PersonId }): Work {
    this.checkSubmitted(actor, video, person)
    return this.put({ video, person, state: 'reviewed', note: null })
  }

  /** Gives a submission back, with what to mend. Throws Failure BAD_SETTING where this person submitted nothing. */
  sendBack(actor: Actor, { video, person, note }: { video: VideoId; person: PersonId; note: string }): Work {
    this.checkSubmitted(actor, video, person)
    return this.put({ video, person, state: 'returned', note })
  }

  waiting(actor: Actor): { returned: number; submitted: number } {
    const { work } = this.stored
    return {
      returned: work.countOfPerson(actor.id, 'returned'),
      submitted: may(actor, 'reviewer') ? work.countOfOthers(actor.id, 'submitted') : 0,
    }
  }

  /** The queue of this person around `video`, or around the one they looked at last; null where there is none. */
  queue(actor: Actor, video?: VideoId): WorkQueue | null {
    const queue = this.stored.queues.find(actor.id)
    return queue && this.around(queue, video ?? queue.at)
  }

  /** Lists the videos once, in the place of the queue before. Rejects with Failure EMPTY_QUEUE where there are none. */
  async enterQueue(actor: Actor, { name, of, at }: { name: string; of: QueueOf; at?: VideoId }): Promise<WorkQueue> {
    const list = await this.listed(actor, of)
    const [first] = list
    if (first === undefined) throw new Failure('EMPTY_QUEUE', { name })
    const kind = of.what === 'submitted' ? 'review' : 'label'
    const start = at !== undefined && list.includes(at) ? at : first
    const row: QueueRow = { person: actor.id, name, kind, at: start }
    await this.parts.project.write(() => this.stored.queues.put(row, list))
    return this.around(row, start)
  }

  /** Says which video the person is at; one outside the queue leaves it where it was. */
  stand(actor: Actor, video: VideoId): WorkQueue | null {
    const { queues } = this.stored
    if (queues.has(actor.id, video)) this.parts.project.transaction(() => queues.stand(actor.id, video))
    return this.queue(actor, video)
  }

  leaveQueue(actor: Actor): void {
    this.parts.project.transaction(() => this.stored.queues.remove(actor.id))
  }

  private get stored() {
    return this.parts.project.repositories
  }

  private around(queue: QueueRow, video: VideoId | null): WorkQueue {
    const { name, kind, at } = queue
    return { name, kind, at, ...this.stored.queues.around(queue, video) }
  }

  private async listed(actor: Actor, of: QueueOf): Promise<readonly VideoId[]> {
    if (of.what === 'returned') return this.stored.work.ofPerson(actor.id, 'returned')
    if (of.what === 'submitted') {
      requireRole(actor, 'reviewer')
      return this.stored.work.ofOthers(actor.id, 'submitted')
    }
    const query = may(actor, 'reviewer') ? of.query : { ...of.query, workOf: actor.id }
    const all = await this.parts.search.ids(query, 0, Number.MAX_SAFE_INTEGER)
    const [out, wanted] = [new Set(of.except), of.only && new Set(of.only)]
    const matching = all.filter((id) => !out.has(id) && (!wanted || wanted.has(id)))
    if (!of.only) return matching
    // What was named and does not match any more is meant all the same.
    const listed = new Set(matching)
    const there = this.stored.videos.present(of.only)
    return [...matching, ...of.only.filter((id) => !listed.has(id) && there.has(id))]
  }

  private checkSubmitted(actor: Actor, video: VideoId, person: PersonId): void {
    requireRole(actor, 'reviewer')
    const { state } = this.of(video, person)
    if (state === 'submitted' || state === 'reviewed') return
    throw new Failure('BAD_SETTING', { setting: 'person', reason: 'this person has not submitted the video' })
  }

  private put(row: Omit<WorkRow, 'at'>): Work {
    this.stored.videos.get(row.video)
    this.parts.project.transaction(() => this.stored.work.put({ ...row, at: Date.now() }))
    return this.told(row.video, row.person)
  }

  private told(video: VideoId, person: PersonId): Work {
    this.parts.onChange({ area: 'work', ids: [video] })
    return this.of(video, person)
  }

  private of(video: VideoId, person: PersonId): Work {
    const { work } = this.stored
    const row = work.find(video, person)
    const begun = row?.state ?? (work.saidBy(video).includes(person) ? 'started' : 'new')
    return {
      video,
      person,
      name: this.parts.nameOf(person),
      state: begun,
      note: row?.note ?? null,
      at: row?.at ?? null,
    }
  }
}
