import { type Actor, requireRole } from '@shared/actor'
import type { Job } from '@shared/contract/jobs'
import type { Machine } from '@shared/contract/machines'
import type { Change } from '@shared/contract/system'
import { Failure } from '@shared/failures'
import type { MachineId } from '@shared/ids'
import type { Beat, BeatAnswer } from '@main/machines/wire'
import { MachineList } from './machine-list'
import type { WorkDesk } from './work-desk'

/** The open project, as far as workers are concerned. */
export interface ProjectOfWorkers {
  uid: string
  name: string
  desk: WorkDesk
  jobs: () => Promise<Job[]>
  /** Says to windows how far a worker is. */
  tell: (beat: Beat) => Promise<void>
}

export interface MachinesParts {
  version: string
  /** Null while none is open, or its jobs are not shared. */
  project: () => ProjectOfWorkers | null
  isShared: boolean
  onChange: (change: Change) => void
}

/** Workers on other machines, as the studio's people and the workers themselves see them. */
export class Machines {
  private readonly machines: MachineList
  /** The command that starts a worker, once it is known where the studio listens. */
  private command: string | null = null

  constructor(private readonly parts: MachinesParts) {
    this.machines = new MachineList({ onChange: () => parts.onChange({ area: 'machines', ids: [] }) })
  }

  async list(actor: Actor): Promise<{ isShared: boolean; machines: Machine[] }> {
    requireRole(actor, 'reviewer')
    return { isShared: this.parts.isShared, machines: this.machines.list(await this.jobs()) }
  }

  invite(actor: Actor): { command: string | null } {
    requireRole(actor, 'owner')
    return { command: this.command }
  }

  /** Throws Failure NOT_FOUND. */
  async drain(actor: Actor, id: MachineId, drain: boolean): Promise<Machine> {
    requireRole(actor, 'owner')
    return this.machines.drain(id, drain, await this.jobs())
  }

  /** Throws Failure NOT_FOUND. */
  forget(actor: Actor, id: MachineId): void {
    requireRole(actor, 'owner')
    this.machines.forget(id)
  }

  invitedBy(command: string): void {
    this.command = command
  }

  /** Takes a worker's sign of life. Throws Failure WORKER_VERSION. */
  async heard(beat: Beat): Promise<BeatAnswer> {
    const { project } = this.parts
    this.requireVersion(beat)
    const { drain } = this.machines.heard(beat)
    const open = project()
    // How far it is is told again in two seconds; a Redis that is away meanwhile must not turn the worker away.
    await open?.tell(beat).catch(() => {})
    return { project: open && { uid: open.uid, name: open.name }, drain }
  }

  /** Somebody came with a token that the studio does not know. */
  refuseToken(beat: Beat): Failure<'WORKER_TOKEN'> {
    const failure = new Failure('WORKER_TOKEN', {})
    this.machines.refuse(beat, failure.message)
    return failure
  }

  /** Throws Failure WORKER_VERSION. */
  requireVersion(beat: Beat): void {
    const [studio, worker] = [this.parts.version, beat.version]
    if (worker === studio) return
    const failure = new Failure('WORKER_VERSION', { studio, worker })
    this.machines.refuse(beat, `${failure.message} The studio is ${studio}, this worker is ${worker}.`)
    throw failure
  }

  /** The desk of the open project, where it is that one. Throws Failure NO_PROJECT. */
  deskOf(uid: string): WorkDesk {
    const open = this.parts.project()
    if (open?.uid !== uid) throw new Failure('NO_PROJECT', {})
    return open.desk
  }

  private async jobs(): Promise<Job[]> {
    return (
      (await this.parts
        .project()
        ?.jobs()
        .catch(() => [])) ?? []
    )
  }
}
