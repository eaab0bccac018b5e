import type { Job } from '@shared/contract/jobs'
import type { Machine } from '@shared/contract/machines'
import { Failure } from '@shared/failures'
import type { MachineId } from '@shared/ids'
import type { Beat } from '@main/machines/wire'

/** A worker says every other second that it is alive. */
const silenceMs = 15_000
/** Of those that were not let in, the newest. */
const mostRefused = 20

interface Entry {
  beat: Omit<Beat, 'version'>
  drain: boolean
  /** Why it was not let in. */
  refused: string | null
  /** It ended itself. */
  left: boolean
  seenAt: number
  since: number
}

export interface MachineListParts {
  onChange: () => void
  now?: () => number
}

/** The workers that spoke to the studio since it was started, and those that were not let in. */
export class MachineList {
  private readonly entries = new Map<MachineId, Entry>()
  private readonly now: () => number

  constructor(private readonly parts: MachineListParts) {
    this.now = parts.now ?? Date.now
  }

  /** Takes a sign of life; gives whether the worker should take nothing new. */
  heard(beat: Beat): { drain: boolean } {
    const before = this.entries.get(beat.id)
    const entry: Entry = {
      ...{ beat, drain: before?.drain ?? false, refused: null, left: false },
      ...{ seenAt: this.now(), since: before?.since ?? this.now() },
    }
    if (beat.leaving) this.entries.delete(beat.id)
    else this.put(entry, before)
    if (beat.leaving) this.parts.onChange()
    return { drain: entry.drain }
  }

  /** Keeps, for the people at the studio, who was not let in and why. */
  refuse(beat: Omit<Beat, 'version'>, reason: string): void {
    const known = this.entries.get(beat.id)
    const at = this.now()
    this.put({ beat, drain: false, refused: reason, left: false, seenAt: at, since: known?.since ?? at }, known)
    const refused = [...this.entries].filter(([, entry]) => entry.refused !== null)
    for (const [id] of refused.slice(0, -mostRefused)) this.entries.delete(id)
  }

  /** Throws Failure NOT_FOUND. */
  drain(id: MachineId, drain: boolean, jobs: readonly Job[]): Machine {
    const entry = this.get(id)
    entry.drain = drain
    this.parts.onChange()
    return this.shown(entry, jobs)
  }

  /** Throws Failure NOT_FOUND. One that still speaks comes back with its next sign of life. */
  forget(id: MachineId): void {
    this.get(id)
    this.entries.delete(id)
    this.parts.onChange()
  }

  /** By name. */
  list(jobs: readonly Job[]): Machine[] {
    const shown = [...this.entries.values()].map((entry) => this.shown(entry, jobs))
    return shown.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }) || a.id.localeCompare(b.id))
  }

  private put(entry: Entry, before: Entry | undefined): void {
    const isNew = !before || signOf(before) !== signOf(entry)
    if (isNew) entry.since = this.now()
    this.entries.set(entry.beat.id, entry)
    if (isNew) this.parts.onChange()
  }

  private get(id: MachineId): Entry {
    const entry = this.entries.get(id)
    if (!entry) throw new Failure('NOT_FOUND', { kind: 'worker', id })
    return entry
  }

  private shown(entry: Entry, jobs: readonly Job[]): Machine {
    const { beat, seenAt, since } = entry
    const job = jobs.find(({ id }) => id === beat.job)
    const state = this.stateOf(entry)
    return {
      ...{ id: beat.id, name: beat.name, host: beat.host, engine: beat.engine, device: beat.device, lanes: beat.lanes },
      ...{ state, reason: this.reasonOf(entry, state), seenAt, since: state === 'lost' ? seenAt : since },
      job: job ? { id: job.id, title: job.title, run: job.run } : null,
      progress: beat.progress,
    }
  }

  private stateOf({ beat, drain, refused, seenAt }: Entry): Machine['state'] {
    if (refused) return 'refused'
    if (this.now() - seenAt > silenceMs) return 'lost'
    if (beat.trouble) return 'held'
    if (drain) return 'draining'
    return beat.job ? 'busy' : 'idle'
  }

  private reasonOf({ beat, refused, seenAt }: Entry, state: Machine['state']): string | null {
    if (refused) return refused
    if (state === 'held') return beat.trouble
    if (state !== 'lost') return null
    const minutes = Math.max(1, Math.round((this.now() - seenAt) / 60_000))
    return `No sign of life for ${minutes} min. ${beat.job ? 'What it did goes on elsewhere from its last checkpoint.' : ''}`.trim()
  }
}

/** What is different when there is something new to see. */
function signOf({ beat, drain, refused }: Entry): string {
  return JSON.stringify([beat.job, beat.trouble, drain, refused])
}
