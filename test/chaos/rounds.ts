import { cpSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { JobId, RunId } from '@shared/ids'
import type { Random } from '@main/learning/random'
import { oldProject } from '../support/old-project'
import { foreignLock, layProject, layTrack, smallDisk } from './ground'
import type { Victim } from './victim'

/** What a round has to work with. */
export interface Round {
  /** A folder of its own, for what it makes. */
  folder: string
  /** The project that all rounds share. */
  project: string
  clips: readonly string[]
  /** A project with what a classifier needs; rounds that train work on copies of it. */
  trainable: string
  draw: Random
  victim: Victim
}

/** What a round leaves to be looked at: a project, and edits that were acknowledged although they cannot be there. */
export interface Left {
  project: string
  lostAlready?: number
  /** Training that was cut off, and should go on where it was. */
  training?: { run: RunId; job: JobId }
  /** Why the round could not be held. */
  skipped?: string
  /** Lets go of what the project lies on, once it was looked at. */
  release?: Disposable
}

/** Killed among edits of one to six people. */
async function edits({ project, draw, victim }: Round): Promise<Left> {
  const track = layTrack(project)
  await victim.open(project)
  const enough = 1 + draw.int(60)
  await victim.editUntil(
    track,
    1 + draw.int(6),
    killedAt(victim, draw, () => victim.acknowledged.length >= enough),
  )
  return { project }
}

/** Killed while clips come in and somebody edits. */
async function imports({ project, clips, folder, draw, victim }: Round): Promise<Left> {
  const own = join(folder, 'project')
  cpSync(project, own, { recursive: true })
  const track = layTrack(own)
  await victim.open(own)
  // Each clip leaves several files; the last numbers are those of a whole import.
  const enough = draw.int(2 * clips.length)
  await victim.call('/imports', { paths: clips, classFrom: 'name', split: 'train' })
  await victim.editUntil(
    track,
    2,
    killedAt(victim, draw, () => filesIn(join(own, 'media')) >= enough),
  )
  return { project: own }
}

/** Killed while a classifier is trained and somebody edits: at a checkpoint, or in the middle of one. */
async function training({ trainable, folder, draw, victim }: Round): Promise<Left> {
  const project = join(folder, 'project')
  cpSync(trainable, project, { recursive: true })
  const track = layTrack(project)
  await victim.open(project)
  const begun = await victim.train()
  const last = join(project, 'runs', begun.run, 'last')
  const enough = draw.int(4)
  const inTheMiddle = draw.chance(0.5)
  const saved = new Set<number>()
  const seen = () => {
    const at = statSync(join(last, 'model.json'), { throwIfNoEntry: false })?.mtimeMs
    if (at !== undefined) saved.add(at)
    return saved.size >= enough && (!inTheMiddle || existsSync(`${last}.new`))
  }
  await victim.editUntil(track, 2, killedAt(victim, draw, seen))
  return { project, training: begun }
}

/** Killed while the backup of the day is made: at once or a little after the project is asked for. */
async function backup({ project, draw, victim }: Round): Promise<Left> {
  rmSync(join(project, 'backups'), { recursive: true, force: true })
  await killedWhileOpening({ project, draw, victim })
  return { project }
}

/** Killed while a project of an older version is brought up to date. */
async function migration({ folder, draw, victim }: Round): Promise<Left> {
  const project = oldProject(folder)
  await killedWhileOpening({ project, draw, victim })
  return { project }
}

/** Edits while another program holds the write lock, for longer than a write waits; then killed. */
async function lock({ project, draw, victim }: Round): Promise<Left> {
  const track = layTrack(project)
  await victim.open(project)
  await victim.edit({ ...track, frame: 900_000 })
  const { over } = await foreignLock(join(project, 'project.db'), draw.between(500, 4500))
  await victim.editUntil(track, 2, over)
  await victim.edit({ ...track, frame: 900_001 })
  await victim.kill()
  return { project }
}

/** The project's folder goes away under an open project: nothing may be acknowledged any more. */
async function removed({ folder, project: shared, victim }: Round): Promise<Left> {
  const project = join(folder, 'project')
  layProject(project)
  const track = layTrack(project)
  await victim.open(project)
  await victim.edit({ ...track, frame: 900_000 })
  rmSync(project, { recursive: true })
  const before = victim.acknowledged.length
  await victim.editUntil(track, 2, wait(400))
  const lostAlready = victim.acknowledged.length - before
  // Those of before went with the folder, which is not the studio's doing.
  victim.acknowledged.length = 0
  await victim.kill()
  return { project: shared, lostAlready }
}

/** Edits on a disk that is filled up: refused in words, and those of before stay. */
async function fullDisk({ folder, project: shared, draw, victim }: Round): Promise<Left> {
  const disk = join(folder, 'disk')
  const mounted = smallDisk(disk, 8)
  if (!mounted) return { project: shared, skipped: 'this account may mount no small disk' }
  const project = join(disk, 'project')
  layProject(project)
  const track = layTrack(project)
  await victim.open(project)
  await victim.edit({ ...track, frame: 900_000 })
  fill(disk)
  await victim.editUntil(track, 2, wait(draw.between(300, 1500)))
  rmSync(join(disk, 'filling'))
  if (draw.chance(0.5)) await victim.edit({ ...track, frame: 900_001 })
  await victim.kill()
  return { project, release: mounted }
}

/** Takes all room but a few pages. */
function fill(disk: string): void {
  for (let bytes = 8 << 20; bytes >= 4096; bytes >>= 1) {
    try {
      writeFileSync(join(disk, 'filling'), Buffer.alloc(bytes), { flag: 'a' })
    } catch {
      // Half of that may fit.
    }
  }
}

/** Kills as soon as the backup is begun, a few ms later, or when the project is open. */
async function killedWhileOpening({
  project,
  draw,
  victim,
}: Pick<Round, 'project' | 'draw' | 'victim'>): Promise<void> {
  let open = false
  const opening = victim
    .open(project)
    .catch(() => {})
    .then(() => (open = true))
  const least = draw.int(3)
  await Promise.all([opening, killedAt(victim, draw, () => open || filesIn(join(project, 'backups')) > least)])
}

/** Kills up to 20 ms after something is seen, so that a slow machine is killed in the same work as a fast one. */
async function killedAt(victim: Victim, draw: Random, seen: () => boolean): Promise<void> {
  const more = draw.between(0, 20)
  const latest = performance.now() + 30_000
  while (!seen() && !victim.died && performance.now() < latest) await wait(1)
  await wait(more)
  await victim.kill()
}

function filesIn(folder: string): number {
  return existsSync(folder) ? readdirSync(folder).length : 0
}

export const kinds = { edits, imports, training, backup, migration, lock, removed, fullDisk }
